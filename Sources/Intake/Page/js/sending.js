// Text first, then files one after the other, each until it is sent or left out.

const sendAlert = id('sending').querySelector('[role=alert]');
const steps = {
  sealing: 'send.sealing', puzzle: 'send.puzzle', sending: 'send.sending',
  waiting: 'send.waiting', reading: 'send.reading', resuming: 'send.resuming'
};
let hasNumber = false;

function sendReport(withNumber) {
  hasNumber = withNumber;
  const tip = tipOfPage();
  beginSending();
  guard(async function () {
    if (!await sendText(tip)) return;
    const entries = reportFiles.entries();
    tellSafe(entries.length > 0);
    endReport(await sendFiles(entries));
  });
}

// A worker that was ended while something was running has already said all there is to say.
function guard(action) {
  action().catch(function (error) {
    if (codeOf(error) !== 'ended') explain(sendAlert, error);
  });
}

function beginSending() {
  clearSending();
  show('sending');
}

function clearSending() {
  ['safe', 'bar', 'pause', 'resume', 'retry', 'skip', 'sending-back', 'done'].forEach(function (name) {
    id(name).hidden = true;
  });
  ['safe', 'step', 'file-name', 'trouble', 'next'].forEach(function (name) { empty(id(name)); });
  empty(sendAlert);
}

wiping.push(clearSending);

async function sendText(tip) {
  for (;;) {
    try {
      await ask('send', { tip: tip }, showStep);
      return true;
    } catch (error) {
      if (codeOf(error) === 'stopped') return false;
      explain(sendAlert, error);
      showStep(null);
      if (await press(canRepeat(error) ? ['retry', 'sending-back'] : ['sending-back']) === 'sending-back') {
        show(numberFrom);
        return false;
      }
    }
  }
}

// Waits until one of the named buttons is pressed, and hides them again.
function press(names) {
  return new Promise(function (accept) {
    names.forEach(function (name) {
      id(name).hidden = false;
      id(name).onclick = function () {
        names.forEach(function (each) { id(each).hidden = true; });
        empty(sendAlert);
        focusOn(id('sending').querySelector('h1'));
        accept(name);
      };
    });
  });
}

// How many files were left out; says so.
async function sendFiles(entries) {
  unsent = entries.length > 0;
  let missing = 0;
  for (let at = 0; at < entries.length; at += 1) {
    nameFile(entries[at], at + 1, entries.length);
    if (!await sendFile(entries[at])) missing += 1;
  }
  unsent = false;
  tellEnd(missing);
  return missing;
}

function tellSafe(hasFiles) {
  const text = say(hasFiles ? 'send.safe.files' : 'send.safe');
  showSafe(text);
  announce(text);
}

function showSafe(text) {
  id('safe').textContent = text;
  id('safe').hidden = false;
}

function nameFile(entry, number, total) {
  id('file-name').textContent = say('send.file', { n: number, total: total, name: entry.name });
}

// True once the file is sent; false if it is left out.
async function sendFile(entry) {
  for (;;) {
    try {
      offerPause();
      await ask('sendFile', { file: entry.file, name: entry.file.fileName }, showStep);
      id('pause').hidden = true;
      return true;
    } catch (error) {
      id('pause').hidden = true;
      const code = codeOf(error);
      if (code === 'stopped' && !worker) throw failure('ended');
      if (code !== 'stopped' && !canRepeat(error)) {
        id('trouble').appendChild(make('li', entry.name + ': ' + wordsOf(error, { name: entry.name })));
        return false;
      }
      if (code === 'stopped') id('step').textContent = say('send.paused');
      else explain(sendAlert, error);
      if (await press([code === 'stopped' ? 'resume' : 'retry', 'skip']) === 'skip') return false;
    }
  }
}

function offerPause() {
  id('pause').hidden = false;
  id('pause').onclick = function () { ask('stop'); };
}

let announced = '';

function showStep(progress) {
  const bar = id('bar');
  bar.hidden = !progress || !progress.total;
  if (!progress) {
    empty(id('step'));
    return;
  }
  const text = say(steps[progress.step] || 'send.sending');
  id('step').textContent = text;
  if (bar.hidden) {
    announceStep(text);
    return;
  }
  const part = progress.done / progress.total;
  bar.value = part;
  id('step').textContent = text + ' ' + percent(Math.floor(part * 100) / 100);
  announceStep(text + ' ' + percent(Math.floor(part * 10) / 10));
}

// Read aloud at most every tenth part.
function announceStep(text) {
  if (text !== announced) announce(text);
  announced = text;
}

function tellEnd(missing) {
  const text = missing ? say('send.missing', { n: missing }) : say('send.done');
  id('bar').hidden = true;
  empty(id('file-name'));
  id('step').textContent = text;
  announce(text);
}

// Sent is sent: nothing of it stays in the fields, and no key in the worker.
function endReport(missing) {
  const trouble = all('li', id('trouble'));
  wipe();
  trouble.forEach(function (line) { id('trouble').appendChild(line); });
  showSafe(say('send.safe'));
  tellEnd(missing);
  id('next').textContent = say(hasNumber ? 'send.next' : 'send.next.none');
  id('done').hidden = false;
}
