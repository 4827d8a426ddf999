// Who may have the report. Nobody, until the reporter says so.

// What an office gets when it simply "may have it". Not who is telling, and not what a victim was
// made to do: the first can expose, the second convict. The place only if the reporter says so
// once for all, because whoever knows it can also aim at it.
const usual = ['urgency', 'report', 'person', 'perpetrators', 'evidence'];
const parts = {
  urgency: 'part.urgency', report: 'part.report', person: 'part.person', place: 'part.place',
  perpetrators: 'part.perpetrators', evidence: 'part.evidence', reporter: 'part.reporter',
  compelled: 'part.compelled'
};
const kinds = {
  embassy: 'kind.embassy', 'police-unit': 'kind.police-unit', prosecutor: 'kind.prosecutor',
  'task-force': 'kind.task-force', authority: 'kind.authority', ngo: 'kind.ngo',
  international: 'kind.international'
};
const placeToo = document.querySelector('[name=place-too]');

entering.share = function () {
  attempt(id('share').querySelector('[role=alert]'), async function () {
    showOffices((await start()).offices);
  });
};

function showOffices(offices) {
  if (document.querySelector('.office')) return;
  empty(id('offices'));
  offices.forEach(function (office) {
    // An army's office has to be looked for.
    const list = office.militaryLinked ? id('military').querySelector('div') : id('offices');
    list.appendChild(officeBlock(office));
  });
  id('military').hidden = !offices.some(function (office) { return office.militaryLinked; });
  if (!offices.length) id('offices').appendChild(consent('p', 'share.nobody'));
}

function officeBlock(office) {
  const block = make('fieldset', '', { class: 'office' });
  block.office = office;
  block.appendChild(make('legend', office.name));
  const kind = kinds[office.kind] ? say(kinds[office.kind]) + ' · ' : '';
  block.appendChild(make('small', kind + countryName(office.country)));
  block.appendChild(description(office));
  const details = partChoices(office);
  ['undecided', 'may', 'never'].forEach(function (answer) {
    block.appendChild(answerChoice(office, answer, details));
  });
  block.appendChild(details);
  return block;
}

// In the language: by the catalogue where browsers do not know it, else by the browser.
function countryName(code) {
  const named = id('offices').dataset.countries.split('|').find(function (each) {
    return each.startsWith(code + ' ');
  });
  if (named) return named.slice(code.length + 1);
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code);
  } catch (error) {
    return code;
  }
}

function description(office) {
  const known = office.description || {};
  const tag = [language, language.split('-')[0], 'en'].find(function (each) { return known[each]; })
    || Object.keys(known)[0];
  return make('p', known[tag], tag ? { lang: tag, dir: 'auto' } : {});
}

const answerKeys = { undecided: 'share.undecided', may: 'share.may', never: 'share.never' };

function answerChoice(office, answer, details) {
  const label = choice(
    { type: 'radio', name: 'office ' + office.id, value: answer }, consent('span', answerKeys[answer]));
  const radio = label.firstChild;
  radio.defaultChecked = answer === 'undecided';
  radio.onchange = function () { details.hidden = answer !== 'may'; };
  return label;
}

function partChoices(office) {
  const details = make('details');
  details.hidden = true;
  details.appendChild(consent('summary', 'share.parts'));
  Object.keys(parts).forEach(function (part) {
    const label = choice(
      { type: 'checkbox', name: 'part ' + office.id, value: part }, consent('span', parts[part]));
    const box = label.firstChild;
    box.defaultChecked = usual.indexOf(part) >= 0;
    if (part === 'place' && !office.militaryLinked) box.checked = placeToo.checked;
    details.appendChild(label);
  });
  return details;
}

// The one question about the place stands for every office that is not an army's.
placeToo.onchange = function () {
  all('#offices [value=place]').forEach(function (box) { box.checked = placeToo.checked; });
};

function picked(block) {
  const answer = block.querySelector('[type=radio]:checked');
  return answer ? answer.value : 'undecided';
}

// The reporter's choice, as the tip carries it.
function shares() {
  const given = { share: [], never: [] };
  all('.office').forEach(function (block) {
    const answer = picked(block);
    if (answer === 'never') given.never.push(block.office.id);
    if (answer !== 'may') return;
    const boxes = all('[type=checkbox]:checked', block);
    const allowed = boxes.map(function (box) { return box.value; });
    if (allowed.length) given.share.push({ office: block.office.id, parts: allowed });
  });
  return given;
}

wiping.push(function () {
  empty(id('offices'));
  empty(id('military').querySelector('div'));
});
