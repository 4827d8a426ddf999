// Sealed files that were saved, perhaps by others: many at once, each as far as it can be sent.

const carryAlert = id('courier').querySelector('[role=alert]');
// The state of a file that is done with.
const ends = {
  sent: 'courier.sent', none: 'courier.none', old: 'courier.old', cut: 'courier.cut',
  behind: 'courier.behind'
};
let sealedFiles = [];
let sealedCount = 0;
let isCarrying = false;

id('sealed-files').onchange = function () {
  Array.from(id('sealed-files').files).forEach(addSealed);
  // So that the same file can be chosen again.
  id('sealed-files').value = '';
  id('carry').hidden = false;
  id('carried').hidden = true;
  unsent = true;
};

function addSealed(file) {
  sealedCount += 1;
  const entry = { file: file, key: sealedCount, end: '', state: make('small', say('courier.waiting')) };
  const row = make('li');
  row.appendChild(make('bdi', file.name));
  row.appendChild(entry.state);
  id('sealed').appendChild(row);
  sealedFiles.push(entry);
}

id('carry').onclick = function () {
  attempt(carryAlert, async function () {
    await start();
    isCarrying = true;
    const isThrough = await carryAll();
    isCarrying = false;
    if (isThrough) tellCarried();
    else warn(carryAlert, say('courier.failed'));
  });
};

// The worker does one thing after the other, and whoever leaves wants another.
leaving.push(function () { if (isCarrying) ask('stop'); });

// False when not all could be tried.
async function carryAll() {
  const left = sealedFiles.filter(function (entry) { return !entry.end; });
  for (let at = 0; at < left.length; at += 1) {
    if (!await carryOne(left[at])) return false;
  }
  return true;
}

// False when it is no use to go on with the next file just now.
async function carryOne(entry) {
  const values = { key: entry.key, file: entry.file };
  try {
    entry.end = (await ask('carry', values, function (progress) {
      entry.state.textContent = stepText(progress);
    })).end;
    entry.state.textContent = say(ends[entry.end]);
  } catch (error) {
    // What the server refuses is this file's trouble alone.
    const isItsOwn = ['refused', 'changed', 'tooLarge'].indexOf(codeOf(error)) >= 0;
    entry.state.textContent = isItsOwn ? wordsOf(error) : say('courier.failed');
    if (!isItsOwn) return false;
  }
  announce(entry.file.name + ': ' + entry.state.textContent);
  return true;
}

function tellCarried() {
  const isDone = sealedFiles.every(function (entry) { return entry.end; });
  unsent = !isDone;
  id('carry').hidden = isDone;
  id('carried').hidden = !sealedFiles.some(function (entry) { return entry.end === 'sent'; });
}

wiping.push(function () {
  sealedFiles = [];
  empty(id('sealed'));
  id('carry').hidden = id('carried').hidden = true;
});
