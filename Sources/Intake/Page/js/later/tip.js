// What the later sections add to the tip.

function field(name) { return document.querySelector('[name="' + name + '"]'); }

gathering.push(function (tip) {
  addFields(tip, '#more [name*="."]:not([name^=answers]):not([name^=money])');
  addAnswers(tip);
  addDemand(tip);
  addPeople(tip);
  addWishes(tip);
});

function addWishes(tip) {
  if (ticked('safe').length) put(tip, 'reporter', 'safeToReply', true);
  const word = codeWord(field('withdrawalWord'));
  if (word) tip.withdrawalWord = word;
  const given = shares();
  if (given.share.length) tip.share = given.share;
  if (given.never.length) tip.never = given.never;
  if (ticked('tell').length) tip.tellMe = true;
}

// Keyboards add spaces by themselves, and write the same letters in two ways.
function codeWord(from) { return from.value.trim().normalize('NFC'); }

function addAnswers(tip) {
  const answers = [];
  all('[name^="answers."]').forEach(function (each) {
    const text = valueOf(each);
    if (text) answers.push({ ask: each.name.split('.')[1], text: text });
  });
  const behalf = behalfText();
  if (behalf) answers.push({ ask: 'behalf', text: behalf });
  put(tip, 'report', 'answers', answers);
}

// For whom the reporter speaks, in the words that stood beside the choice.
function behalfText() {
  const radio = document.querySelector('[name=behalf]:checked');
  const agree = valueOf(field('agree'));
  return [radio ? radio.nextSibling.textContent.trim() : '', agree].filter(Boolean).join('\n');
}

// A deadline is a day, or else it stays in the reporter's words.
function addDemand(tip) {
  const demand = {};
  ['amount', 'currency'].forEach(function (name) {
    const text = valueOf(field('money.' + name));
    if (text) demand[name] = text;
  });
  const typed = valueOf(field('money.day'));
  const day = isDay(typed) ? typed : '';
  put(tip, 'urgency', 'reason', [valueOf(field('money.when')), day ? '' : typed].filter(Boolean).join('\n'));
  put(tip, 'urgency', 'deadline', day);
  if (day) demand.deadline = day;
  if (Object.keys(demand).length) put(tip, 'perpetrators', 'demand', demand);
}

// Browsers without a date field let anything be typed.
function isDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(text + 'T00:00:00Z');
  return !isNaN(day) && day.toISOString().slice(0, 10) === text;
}

function addPeople(tip) {
  const found = all('fieldset', people).map(function (block) {
    const person = {};
    all('[name]', block).forEach(function (each) {
      const value = valueOf(each);
      if (value.length) person[each.name] = value;
    });
    return person;
  }).filter(function (person) { return Object.keys(person).length; });
  put(tip, 'person', 'people', found);
}
