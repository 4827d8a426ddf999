// What the page asks, one thing after the other; only "stop" does not wait.

const commands = {
  start: async function (given) {
    assets = given;
    root = given.root;
    await loadDirectory();
    return { version: directory.version, offices: offices() };
  },
  newReceipt: newReceipt,
  noReceipt: noReceipt,
  useReceipt: function (given) { return useReceipt(given.digits); },
  send: function (given) { return send(given.tip); }
};

// What a first text does not need comes with the first command that is not known.
function bringLater() {
  return reach(async function () {
    importScripts(assets.later.url);
    return { status: 200 };
  });
}

let last = Promise.resolve();

async function run(given) {
  stopped = false;
  tell = function (progress) { postMessage({ id: given.id, progress: progress }); };
  try {
    if (!commands[given.do]) await bringLater();
    postMessage({ id: given.id, ok: await commands[given.do](given) });
  } catch (error) {
    // The directory's fault is not the sender's: the next attempt fetches it anew.
    postMessage({ id: given.id, error: error.code === 'epoch' ? 'directory' : error.code || 'other' });
  }
}

self.onmessage = function (event) {
  const given = event.data;
  if (given.do === 'stop') {
    stopped = true;
    if (aborter) aborter.abort();
    if (wake) wake();
    postMessage({ id: given.id, ok: {} });
    return;
  }
  last = last.then(function () { return run(given); });
};
