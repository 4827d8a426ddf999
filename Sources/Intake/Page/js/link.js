// The worker seals and sends; this side only asks it.

const script = document.currentScript;
const waiting = {};
let worker = null;
let started = null;
// The number in use, so that a worker that died can be replaced by one that knows it.
let numberInUse = '';
let asked = 0;

// Where a file of the page is and what its bytes must be, from the script's attributes.
function asset(name) {
  const parts = (script.dataset[name] || '').split(' ');
  return { url: parts[0], integrity: parts[1] };
}

// Browsers that check addresses and markup take only what a policy has passed: our own files.
const passed = [];
const policy = window.trustedTypes && trustedTypes.createPolicy('page', {
  createScriptURL: function (url) {
    return url === asset('worker').url || url === asset('later').url ? url : '';
  },
  createHTML: function (text) { return passed.indexOf(text) >= 0 ? text : ''; }
});

// The text of a file of the page, if its bytes are those it must have.
async function pinned(name) {
  const file = asset(name);
  try {
    const answer = await fetch(file.url, {
      integrity: file.integrity, cache: 'no-store', credentials: 'omit'
    });
    if (answer.ok) {
      const text = await answer.text();
      passed.push(text);
      return text;
    }
  } catch (error) {
    // Told below.
  }
  throw failure('network');
}

function failure(code) {
  const error = new Error(code);
  error.code = code;
  return error;
}

function openWorker() {
  const url = asset('worker').url;
  worker = new Worker(policy ? policy.createScriptURL(url) : url);
  worker.onmessage = function (event) { hear(event.data); };
  worker.onerror = function (event) {
    event.preventDefault();
    endWorker('other');
  };
}

function hear(message) {
  const call = waiting[message.id];
  if (!call) return;
  if (message.progress) {
    call.progress(message.progress);
    return;
  }
  delete waiting[message.id];
  if ('error' in message) call.refuse(failure(message.error));
  else call.accept(message.ok);
}

// Ends the worker and with it every key it holds.
function endWorker(code) {
  if (worker) worker.terminate();
  worker = started = null;
  Object.keys(waiting).forEach(function (key) {
    const call = waiting[key];
    delete waiting[key];
    call.refuse(failure(code));
  });
}

function post(what, values, progress) {
  return new Promise(function (accept, refuse) {
    const key = ++asked;
    waiting[key] = { accept: accept, refuse: refuse, progress: progress || function () {} };
    worker.postMessage(Object.assign({ id: key, do: what }, values));
  });
}

// Starts the worker once; a start that failed can be tried again.
function start() {
  if (!started) {
    try {
      openWorker();
    } catch (error) {
      return Promise.reject(failure('unsupported'));
    }
    started = begin();
    started.catch(function () { started = null; });
  }
  return started;
}

async function begin() {
  const answer = await post('start', {
    tip: asset('tip'), files: asset('files'), fallback: asset('fallback'),
    later: asset('aid'), root: script.dataset.root
  });
  if (numberInUse) await post('useReceipt', { digits: numberInUse });
  return answer;
}

async function ask(what, values, progress) {
  await start();
  return post(what, values, progress);
}
