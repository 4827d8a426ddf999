// Files, in two passes (the first learns the digests, the second seals piece by piece), and on from
// where an upload was cut off: with the number and the same file, on any day and any device.

const pieceBytes = 1048576;
const interop = { 'Upload-Draft-Interop-Version': '8' };

function piece(file, index) {
  return new Promise(function (accept, refuse) {
    const reader = new FileReader();
    reader.onload = function () { accept(new Uint8Array(reader.result)); };
    // What could be read before and cannot now is another file, or gone.
    reader.onerror = function () { refuse(failure('changed')); };
    reader.readAsArrayBuffer(file.slice(index * pieceBytes, (index + 1) * pieceBytes));
  });
}

async function sendFile(file, name) {
  const module = await moduleOf('files');
  // Each message brings another object for the same file.
  const mark = [name || file.name, file.size, file.lastModified].join('/');
  if (!current || current.mark !== mark) {
    current = null;
    current = await prepare(module, file, name || file.name || '');
    current.mark = mark;
  }
  current.file = file;
  try {
    if (!current.token && !await create(module, current)) return finished();
    await transfer(module, current);
  } catch (error) {
    if (error.code !== 'stopped' && error.code !== 'network' && error.code !== 'busy') current = null;
    throw error;
  }
  return finished();
}

function finished() {
  current = null;
  return {};
}

// The first pass, and what the door had parked for this file.
async function prepare(module, file, name) {
  const state = { file: file, address: '', token: '', step: 'sending' };
  state.address = await survey(module, file);
  if (hasReceipt && call(module, 'page_parked_open', await fetched('/parked/' + state.address))) {
    state.token = resultText(module);
    state.step = 'resuming';
  } else {
    plan(module, name);
  }
  return state;
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

// Creates the upload at the door and parks what is needed to come back to it; false when the door
// has all of it already.
async function create(module, state) {
  const head = made(module, 'page_plan_head');
  const length = module.page_plan_length();
  const fields = Object.assign({
    'Content-Type': 'application/vnd.sallyport.frame', 'Upload-Complete': '?0',
    'Upload-Length': String(length)
  }, interop);
  if (hasReceipt) fields['Sallyport-Parked'] = state.address;
  const answer = await withPuzzle(module, 'upload/' + length, function (field) {
    return request('POST', '/uploads', Object.assign({ 'Sallyport-Puzzle': field }, fields), head);
  });
  if (answer.status === 202) return false;
  const place = answer.headers.get('Location') || '';
  if (answer.status !== 201 || !/^\/uploads\/[0-9a-f]{64}$/.test(place)) throw refusal(answer);
  state.token = place.slice(-64);
  if (hasReceipt) await park(module, state);
  return true;
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
    if (error.code !== 'busy') throw error;
  }
}

// Where the upload stands: how many bytes the door has, or that it has all, or knows it no more.
function standing(answer) {
  if (answer.status === 404) return { unknown: true };
  if (!answer.ok && answer.status !== 409) throw refusal(answer);
  const limit = /max-append-size=(\d+)/.exec(answer.headers.get('Upload-Limit') || '');
  return {
    complete: answer.headers.get('Upload-Complete') === '?1',
    offset: Number(answer.headers.get('Upload-Offset')),
    most: Math.min(pieceBytes, limit ? Number(limit[1]) : pieceBytes)
  };
}

async function transfer(module, state) {
  const path = '/uploads/' + state.token;
  let now = standing(await request('HEAD', path, interop));
  if (now.unknown) {
    state.token = '';
    if (!await create(module, state)) return;
    return transfer(module, state);
  }
  const frame = new Frame(module, state.file);
  const total = module.page_plan_length();
  // A door that takes nothing, time after time, is asked less often, and not for ever.
  for (let attempt = 0; !now.complete; attempt += 1) {
    if (attempt >= attemptsBusy) throw failure('busy');
    if (attempt > 0) await wait(attempt);
    tell({ step: state.step, done: now.offset, total: total });
    const bytes = await frame.bytes(now.offset, now.most);
    const isLast = now.offset + bytes.length === total;
    const next = standing(await request('PATCH', path, Object.assign({
      'Content-Type': 'application/partial-upload', 'Upload-Offset': String(now.offset),
      'Upload-Complete': isLast ? '?1' : '?0'
    }, interop), bytes));
    if (next.unknown) throw failure('refused');
    if (next.offset > now.offset || next.complete) attempt = -1;
    now = next;
    checkStopped();
  }
  tell({ step: state.step, done: total, total: total });
}

// The next bytes of the frame that the module makes of the file; null at its end.
async function nextOfFrame(module, file) {
  const index = module.page_frame_needs();
  const from = index < 0 ? new Uint8Array(0) : await piece(file, index);
  return call(module, 'page_frame_next', from) ? result(module) : null;
}

// The frame's bytes, made as they are needed; what the door has is dropped.
function Frame(module, file) {
  let start = 0;
  let held = new Uint8Array(0);
  call(module, 'page_frame');

  function drop(offset) {
    const count = Math.min(offset - start, held.length);
    if (count <= 0) return;
    held = held.slice(count);
    start += count;
  }

  this.bytes = async function (offset, most) {
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
