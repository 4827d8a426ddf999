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
  id('step').textContent = stepText(progress);
  announceStep(text + ' ' + percent(Math.floor(part * 10) / 10));
}

// Read aloud at most every tenth part.
function announceStep(text) {
  if (text !== announced) announce(text);
  announced = text;
}
