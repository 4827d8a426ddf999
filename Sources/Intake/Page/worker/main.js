// What the page asks, one thing after the other; only what needs no answer does not wait.

const commands = {
  start: async function (given) {
    assets = given;
    root = given.root;
    await loadDirectory();
    return { version: directory.version, offices: offices(), until: until };
  },
  newReceipt: newReceipt,
  noReceipt: noReceipt,
  useReceipt: function (given) { return useReceipt(given.digits); },
  seal: function (given) { return sealed(given.tip); },
  send: function (given) { return send(given.tip); }
};

// What a first text does not need comes with the first command that is not known.
function bringLater() {
  return reach(async function () {
    if (!commands.sendFile) importScripts(assets.later.url);
    return { status: 200 };
  });
}

// Brings what files need, beside whatever runs, so that they can be sealed without a connection too.
function getReady() {
  bringLater().then(function () { return moduleOf('files'); }).catch(function () {});
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

function stop() {
  stopped = true;
  if (aborter) aborter.abort();
  if (wake) wake();
}

self.onmessage = function (event) {
  const given = event.data;
  const atOnce = { stop: stop, getReady: getReady }[given.do];
  if (atOnce) {
    atOnce();
    postMessage({ id: given.id, ok: {} });
    return;
  }
  last = last.then(function () { return run(given); });
};
