// The text goes first; files, if there are any, after it.

const sendAlert = id('sending').querySelector('[role=alert]');
const steps = {
  sealing: 'send.sealing', puzzle: 'send.puzzle', sending: 'send.sending', waiting: 'send.waiting',
  crowded: 'send.crowded', trouble: 'send.trouble'
};
// Those that say that it goes on by itself.
const waits = ['waiting', 'crowded', 'trouble'];
let hasNumber = false;
// The files of the report, once there is a list of them.
let reportFiles = { entries: function () { return []; } };

function sendReport() {
  const tip = tipOfPage();
  beginSending();
  guard(async function () {
    if (!await sendText(tip) || current !== 'sending') return;
    id('save-instead').hidden = true;
    const entries = reportFiles.entries();
    showSafe(say(entries.length ? 'send.safe.files' : 'send.safe'));
    announce(id('safe').textContent);
    endReport(entries.length ? await sendFiles(entries) : say('send.done'));
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
  all('#sending > button, #safe, #done, #bar').forEach(function (each) { each.hidden = true; });
  all('#safe, #step, #next, #file-name, #trouble').forEach(empty);
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
      id('save-instead').hidden = !canRepeat(error);
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

function showSafe(text) {
  id('safe').textContent = text;
  id('safe').hidden = false;
}

function tellStep(alert) {
  return function (progress) { tell(alert, stepText(progress)); };
}

function stepText(progress) {
  const part = progress.total ? ' ' + percent(Math.floor(progress.done / progress.total * 100) / 100) : '';
  return say(steps[progress.step]) + part;
}

function showStep(progress) {
  id('step').textContent = progress ? say(steps[progress.step]) : '';
  announce(id('step').textContent);
  // Whoever has no connection need not wait for one, nor for the door.
  if (progress && waits.indexOf(progress.step) >= 0) id('save-instead').hidden = false;
}

function tellEnd(text) {
  id('step').textContent = text;
  announce(text);
}

// Sent is sent: nothing of it stays in the fields, and no key in the worker.
function endReport(end) {
  const trouble = all('#trouble li');
  wipe();
  trouble.forEach(function (line) { id('trouble').appendChild(line); });
  showSafe(say('send.safe'));
  tellEnd(end);
  id('next').textContent = say(hasNumber ? 'send.next' : 'send.next.none');
  id('done').hidden = false;
}
