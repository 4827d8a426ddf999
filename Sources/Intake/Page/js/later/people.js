// Those who are looked for: one block of questions for each.

const people = id('people');

function addPerson() {
  people.appendChild(copy('person'));
  const block = people.lastElementChild;
  block.querySelector('button').onclick = function () {
    people.removeChild(block);
    numberPeople();
    id('add-person').focus();
  };
  numberPeople();
  return block;
}

function numberPeople() {
  const blocks = all('fieldset', people);
  blocks.forEach(function (block, index) {
    block.querySelector('legend').textContent = say('looking.person', { n: index + 1 });
    block.querySelector('button').hidden = blocks.length < 2;
  });
}

id('add-person').onclick = function () { addPerson().querySelector('textarea').focus(); };
wiping.push(function () {
  empty(people);
  addPerson();
});
addPerson();
