// Requests to the door: repeated when the network is gone, or the door is full or ill, with a puzzle
// where one is asked for. Nothing is sent but to this server.
//
// What keeps a sender waiting is 'network' (no answer), 'busy' (the door says itself that it is full)
// or 'ill' (any other trouble of the door, or of what stands before it).

const attemptsOffline = 8;
const attemptsBusy = 4;
const puzzleAttempts = 3;
const triesAtOnce = 4096;
// A door that is silent for so long is gone; what is sent has 500 ms more for each kilobyte.
const patience = 60000;
const waits = { network: 'waiting', busy: 'crowded', ill: 'trouble' };
let tell = function () {};
let stopped = false;
let aborter = null;
let wake = null;

self.addEventListener('online', function () { if (wake) wake(); });

function pause(milliseconds) {
  return new Promise(function (accept) {
    const timer = setTimeout(accept, milliseconds);
    wake = function () {
      clearTimeout(timer);
      accept();
    };
  });
}

function checkStopped() {
  if (stopped) throw failure('stopped');
}

// A second, then twice as long each time, and up to half as long again, so that many senders do not
// come back together.
function wait(attempt, trouble) {
  tell({ step: waits[trouble] });
  return pause(Math.min(60, Math.pow(2, attempt)) * 1000 * (1 + Math.random() / 2));
}

// Asks until there is an answer that is not the door's own trouble.
async function reach(send) {
  for (let attempt = 0; ; attempt += 1) {
    checkStopped();
    let trouble = 'network';
    try {
      const answer = await send();
      trouble = troubleOf(answer);
      if (!trouble) return answer;
    } catch (error) {
      checkStopped();
    }
    const most = trouble === 'network' ? attemptsOffline : attemptsBusy;
    if (attempt + 1 >= most) throw failure(trouble);
    await wait(attempt, trouble);
  }
}

// Empty for an answer that means something. 503 is full only in the door's own words
// (Sources/Wire/Refusal.swift): servers that stand before a door say it when the door is gone.
function troubleOf(answer) {
  if (answer.status === 429) return 'busy';
  if (answer.status < 500) return '';
  const isFull = answer.status === 503 && new TextDecoder().decode(answer.bytes).startsWith('busy:');
  return isFull ? 'busy' : 'ill';
}

// One request and the whole of its answer: what is cut off in the middle is no answer.
async function exchange(url, options, time) {
  const own = aborter = typeof AbortController === 'function' ? new AbortController() : null;
  if (own) options.signal = own.signal;
  let timer = 0;
  const late = new Promise(function (_, refuse) {
    timer = setTimeout(function () {
      if (own) own.abort();
      refuse(failure('network'));
    }, time);
  });
  try {
    const answer = await Promise.race([late, fetch(url, options)]);
    answer.bytes = new Uint8Array(await Promise.race([late, answer.arrayBuffer()]));
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

function request(method, path, fields, body) {
  return reach(function () {
    return exchange(path, {
      method: method, headers: fields || {}, body: body, cache: 'no-store', credentials: 'omit',
      redirect: 'error', referrerPolicy: 'no-referrer'
    }, patience + (body ? body.length / 2 : 0));
  });
}

async function fetched(path) {
  const answer = await request('GET', path);
  if (!answer.ok) throw failure('ill');
  return answer.bytes;
}

// The field that solves a challenge, which is bound to what `module` made last.
async function solved(module, purpose) {
  const challenge = await fetched('/challenge/' + purpose);
  tell({ step: 'puzzle' });
  // Without the newline at its end.
  call(module, 'page_puzzle', challenge.subarray(0, challenge.length - 1));
  while (call(module, 'page_puzzle_run', triesAtOnce) === 0) {
    await pause(0);
    checkStopped();
  }
  return resultText(module);
}

// Sends with a solved puzzle; a new one is solved when the door has become harder meanwhile.
async function withPuzzle(module, purpose, send) {
  for (let attempt = 0; ; attempt += 1) {
    const field = await solved(module, purpose);
    tell({ step: 'sending' });
    const answer = await send(field);
    if (answer.status !== 428) return answer;
    if (attempt + 1 >= puzzleAttempts) throw failure('refused');
  }
}

// What a refusal means to a sender; 'epoch' is the worker's own affair.
function refusal(answer) {
  return failure({ 410: 'epoch', 413: 'tooLarge', 408: 'network' }[answer.status] || 'refused');
}

async function postFrame(module, purpose, path, frame) {
  const answer = await withPuzzle(module, purpose, function (field) {
    return request('POST', path, {
      'Content-Type': 'application/vnd.sallyport.frame', 'Sallyport-Puzzle': field
    }, frame);
  });
  if (answer.status !== 202) throw refusal(answer);
}
