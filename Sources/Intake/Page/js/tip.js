// The tip as the worker takes it, from the fields. What is empty is left out.

// Fields with one entry a line.
const lists = ['perpetrators.people', 'perpetrators.accounts', 'names'];

function valueOf(field) {
  const text = field.value.trim();
  return lists.indexOf(field.name) < 0 ? text : text.split('\n').map(trim).filter(Boolean);
}

function trim(text) { return text.trim(); }

function ticked(name) {
  return all('[name="' + name + '"]:checked').map(function (box) { return box.value; });
}

// Sets `tip.part.member`, making the part if it is the first.
function put(tip, part, member, value) {
  if (!value || value.length === 0) return;
  if (!tip[part]) tip[part] = {};
  tip[part][member] = value;
}

// What the later sections add to the tip.
const gathering = [];

// Whether nothing was told: no word, no box, no file. Who may have it is nothing told.
function saysNothing() {
  const tip = tipOfPage();
  return !reportFiles.entries().length
    && !Object.keys(tip).some(function (name) { return tip[name].constructor === Object; });
}

// Nobody who pressed too early needs a number for it.
function askForMore() {
  if (current !== 'quick') show('quick');
  warn(id('nothing'), say('quick.nothing'));
  document.querySelector('[name="report.narrative"]').focus();
}

function tipOfPage() {
  const tip = { language: language };
  addFields(tip, '#quick [name*="."]');
  put(tip, 'urgency', 'danger', ticked('danger'));
  gathering.forEach(function (add) { add(tip); });
  return tip;
}

// A field's name says where its text goes.
function addFields(tip, selector) {
  all(selector).forEach(function (each) {
    const path = each.name.split('.');
    put(tip, path[0], path[1], valueOf(each));
  });
}

leaving.push(function () { empty(id('nothing')); });
