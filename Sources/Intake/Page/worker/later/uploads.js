// Resumable uploads: a frame goes up in pieces, on from what the door has of it.
//
// What is sent is an object of these members:
//   token          what the door calls the upload; empty while there is none
//   address        where the state of the upload is to be parked, if anywhere
//   length         bytes of the frame
//   head()         the frame's head; the next puzzle is bound to it
//   begin()        begins anew; what it answers gives the bytes at an offset, so many at most
//   created()      what is to be done once the door has named the upload
//   tell(offset)   says how far it is

const pieceBytes = 1048576;
const interop = { 'Upload-Draft-Interop-Version': '8' };

// The bytes of a file from `start` on.
function read(file, start, count) {
  return new Promise(function (accept, refuse) {
    const reader = new FileReader();
    reader.onload = function () { accept(new Uint8Array(reader.result)); };
    // What could be read before and cannot now is another file, or gone.
    reader.onerror = function () { refuse(failure('changed')); };
    reader.readAsArrayBuffer(file.slice(start, start + count));
  });
}

// Whether the same may go later.
function passes(error) { return ['network', 'busy', 'ill'].indexOf(error.code) >= 0; }

async function upload(module, state) {
  if (state.token || await create(module, state)) await transfer(module, state);
}

// Creates the upload at the door; false when the door has all of it already.
async function create(module, state) {
  const head = await state.head();
  const fields = Object.assign({
    'Content-Type': 'application/vnd.sallyport.frame', 'Upload-Complete': '?0',
    'Upload-Length': String(state.length)
  }, interop);
  if (state.address) fields['Sallyport-Parked'] = state.address;
  const answer = await withPuzzle(module, 'upload/' + state.length, function (field) {
    return request('POST', '/uploads', Object.assign({ 'Sallyport-Puzzle': field }, fields), head);
  });
  if (answer.status === 202) return false;
  const place = answer.headers.get('Location') || '';
  if (answer.status !== 201 || !/^\/uploads\/[0-9a-f]{64}$/.test(place)) throw refusal(answer);
  state.token = place.slice(-64);
  await state.created();
  return true;
}

// Where the upload stands: how many bytes the door has, or that it has all, or knows it no more.
function standing(answer) {
  if (answer.status === 404) return { unknown: true };
  if (!answer.ok && answer.status !== 409) throw refusal(answer);
  return {
    complete: answer.headers.get('Upload-Complete') === '?1',
    offset: Number(answer.headers.get('Upload-Offset')),
    most: Math.min(pieceBytes, limitIn(answer, /max-append-size=(\d+)/))
  };
}

// A limit that the door states; endless when it states none.
function limitIn(answer, pattern) {
  const found = pattern.exec(answer.headers.get('Upload-Limit') || '');
  return found ? Number(found[1]) : Infinity;
}

// The door's limit for a whole upload, asked for once.
let mostAtDoor = 0;

// Before a file is read: nobody waits for minutes to hear that it is too large.
async function checkSize(size) {
  if (!mostAtDoor) mostAtDoor = limitIn(await request('OPTIONS', '/uploads', interop), /max-size=(\d+)/);
  if (size > mostAtDoor) throw failure('tooLarge');
}

async function transfer(module, state) {
  const path = '/uploads/' + state.token;
  let now = standing(await request('HEAD', path, interop));
  if (now.unknown) {
    state.token = '';
    return upload(module, state);
  }
  const bytesAt = state.begin();
  // A door that takes nothing, time after time, is asked less often, and not for ever.
  for (let attempt = 0; !now.complete; attempt += 1) {
    if (attempt >= attemptsBusy) throw failure('ill');
    if (attempt > 0) await wait(attempt, 'ill');
    state.tell(now.offset);
    const bytes = await bytesAt(now.offset, now.most);
    const isLast = now.offset + bytes.length === state.length;
    const next = standing(await request('PATCH', path, Object.assign({
      'Content-Type': 'application/partial-upload', 'Upload-Offset': String(now.offset),
      'Upload-Complete': isLast ? '?1' : '?0'
    }, interop), bytes));
    if (next.unknown) throw failure('refused');
    if (next.offset > now.offset || next.complete) attempt = -1;
    now = next;
    checkStopped();
  }
  state.tell(state.length);
}
