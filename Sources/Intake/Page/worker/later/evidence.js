// Files, in two passes (the first learns the digests, the second seals piece by piece), and on from
// where an upload was cut off: with the number and the same file, on any day and any device.

// What this worker has sent, by the places where an upload of it would be parked: these come of the
// keys and of the file's bytes. The same file chosen again is not sent a second time. A worker that
// comes later cannot know: what was parked is destroyed when the file has arrived, so that nobody who
// has both the number and the file can find out whether it was sent.
const sentAddresses = [];

function piece(file, index) { return read(file, index * pieceBytes, pieceBytes); }

async function sendFile(file, name) {
  const module = await moduleOf('files');
  // Each message brings another object for the same file.
  const mark = [name || file.name, file.size, file.lastModified].join('/');
  if (!current || current.mark !== mark) {
    current = null;
    await checkSize(file.size);
    const address = await survey(module, file);
    if (sentAddresses.indexOf(address) >= 0) return {};
    current = await prepare(module, file, name || file.name || '', address);
    current.mark = mark;
  }
  current.file = file;
  try {
    await upload(module, current);
  } catch (error) {
    if (error.code === 'changed' && current.token) await cancel(current.token);
    if (error.code !== 'stopped' && !passes(error)) current = null;
    throw error;
  }
  sentAddresses.push(current.place);
  current = null;
  return {};
}

// Nobody can finish it any more: the door need not keep room for it. It is waited for, as this worker
// may soon be ended, but not for long.
function cancel(token) {
  const late = new Promise(function (accept) { setTimeout(accept, 10000); });
  return Promise.race([late, request('DELETE', '/uploads/' + token, interop).catch(function () {})]);
}

// A new upload of the file that was surveyed, or the one that the door had parked for it.
async function prepare(module, file, name, address) {
  const state = { file: file, token: '', place: address };
  let step = 'sending';
  if (hasReceipt && call(module, 'page_parked_open', await fetched('/parked/' + address))) {
    state.token = resultText(module);
    step = 'resuming';
  } else {
    plan(module, name);
  }
  return Object.assign(state, {
    address: hasReceipt ? address : '',
    length: module.page_plan_length(),
    head: function () { return made(module, 'page_plan_head'); },
    begin: function () { return frameBytes(module, state.file); },
    created: function () { return hasReceipt ? park(module, state) : null; },
    tell: function (done) { tell({ step: step, done: done, total: state.length }); }
  });
}

// Learns the file's digests, and where an upload of it would be parked.
async function survey(module, file) {
  call(module, 'page_survey', file.size);
  for (let index = 0; index * pieceBytes < file.size; index += 1) {
    checkStopped();
    tell({ step: 'reading', done: index * pieceBytes, total: file.size });
    call(module, 'page_survey_add', await piece(file, index));
  }
  call(module, 'page_survey_end');
  return resultText(module);
}

function plan(module, name) {
  supplements += 1;
  call(module, 'page_plan', utf8.encode(shortened(name)), Date.now() / 1000, supplements);
}

// A name of at most 255 bytes, cut between characters.
function shortened(name) {
  let short = '';
  for (const character of name.split(/[\\/]/).pop()) {
    if (utf8.encode(short + character).length > 255) break;
    short += character;
  }
  return short;
}

async function park(module, state) {
  const body = made(module, 'page_park', utf8.encode(state.token));
  try {
    const answer = await withPuzzle(module, 'parked', function (field) {
      return request('PUT', '/parked/' + state.address, {
        'Content-Type': 'application/octet-stream', 'Sallyport-Puzzle': field
      }, body);
    });
    if (answer.status !== 202) throw refusal(answer);
  } catch (error) {
    // Better to go on without than to send nothing.
    if (error.code !== 'busy' && error.code !== 'ill') throw error;
  }
}

// The next bytes of the frame that the module makes of the file; null at its end.
async function nextOfFrame(module, file) {
  const index = module.page_frame_needs();
  const from = index < 0 ? new Uint8Array(0) : await piece(file, index);
  return call(module, 'page_frame_next', from) ? result(module) : null;
}

// The frame's bytes, made as they are needed; what the door has is dropped.
function frameBytes(module, file) {
  let start = 0;
  let held = new Uint8Array(0);
  call(module, 'page_frame');

  function drop(offset) {
    const count = Math.min(offset - start, held.length);
    if (count <= 0) return;
    held = held.slice(count);
    start += count;
  }

  return async function (offset, most) {
    if (offset < start) throw failure('refused');
    while (start + held.length < offset + most) {
      drop(offset);
      checkStopped();
      const next = await nextOfFrame(module, file);
      if (!next) break;
      const all = new Uint8Array(held.length + next.length);
      all.set(held);
      all.set(next, held.length);
      held = all;
    }
    drop(offset);
    return held.slice(0, most);
  };
}

commands.sendFile = function (given) { return sendFile(given.file, given.name); };
