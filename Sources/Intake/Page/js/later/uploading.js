// Files after the text: one after the other, each until it is sent or left out.

Object.assign(steps, { reading: 'send.reading', resuming: 'send.resuming' });
Object.assign(errors, {
  empty: 'error.empty', tooLarge: 'error.tooLarge', changed: 'error.changed'
});

// What only files need stands among what every report needs.
[['file-name', id('step')], ['bar', sendAlert], ['trouble', id('retry')], ['pause', id('retry')],
  ['resume', id('retry')], ['skip', id('sending-back')]].forEach(function (pair) {
  id('sending').insertBefore(id(pair[0]), pair[1]);
});

// Answers with what is told at the end.
async function sendFiles(entries) {
  unsent = true;
  let missing = 0;
  for (let at = 0; at < entries.length; at += 1) {
    nameFile(entries[at], at + 1, entries.length);
    if (!await sendFile(entries[at])) missing += 1;
  }
  unsent = false;
  id('bar').hidden = true;
  empty(id('file-name'));
  tellEnd(missing ? say('send.missing', { n: missing }) : say('send.done'));
  return id('step').textContent;
}

function nameFile(entry, number, total) {
  id('file-name').textContent = say('send.file', { n: number, total: total, name: entry.name });
}

// True once the file is sent; false if it is left out.
async function sendFile(entry) {
  for (;;) {
    try {
      since = null;
      offerPause();
      await ask('sendFile', { file: entry.file, name: entry.file.fileName }, showPart);
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

function showPart(progress) {
  const bar = id('bar');
  const text = say(steps[progress.step]);
  bar.hidden = !progress.total;
  if (bar.hidden) {
    id('step').textContent = text;
    announceStep(text);
    return;
  }
  const part = progress.done / progress.total;
  bar.value = part;
  id('step').textContent = stepText(progress) + timeLeft(progress);
  announceStep(text + ' ' + percent(Math.floor(part * 10) / 10));
}

// When this attempt began to send, and how far the file was.
let since = null;
// Milliseconds after which its rate means something.
const soonest = 5000;

// About how long it will take at the rate of this attempt: rounded up, and never read aloud. Empty
// while that is unknown, or less than two minutes.
function timeLeft(progress) {
  if (progress.step === 'reading') return '';
  const now = Date.now();
  if (!since) since = { time: now, done: progress.done };
  const passed = now - since.time;
  const rate = (progress.done - since.done) / passed;
  if (passed < soonest || rate <= 0) return '';
  const minutes = Math.ceil((progress.total - progress.done) / rate / 60000);
  if (minutes < 2) return '';
  const about = minutes < 90 ? amount(minutes < 10 ? minutes : Math.ceil(minutes / 5) * 5, 'minute')
    : amount(Math.ceil(minutes / 60), 'hour');
  return about && ' · ≈ ' + about;
}

// In words; empty where the browser does not know the language, or the unit.
function amount(count, unit) {
  try {
    if (!Intl.NumberFormat.supportedLocalesOf(language).length) return '';
    return count.toLocaleString(language, { style: 'unit', unit: unit, unitDisplay: 'long' });
  } catch (error) {
    return '';
  }
}

// Read aloud at most every tenth part.
function announceStep(text) {
  if (text !== announced) announce(text);
  announced = text;
}
