// One section at a time, all at one address: nothing goes into the browser's history.

const entering = {};
const leaving = [];
let current = 'home';
let before = '';

function show(name) {
  leaving.forEach(function (action) { action(); });
  before = current;
  current = name;
  all('section').forEach(function (section) { section.hidden = section.id !== name; });
  scrollTo(0, 0);
  focusOn(id(name).querySelector('h1'));
  if (entering[name]) entering[name]();
}

function focusOn(element) {
  element.tabIndex = -1;
  element.focus();
}

// What is read aloud, and seen by nobody.
function announce(text) {
  const live = id('live');
  if (live.textContent !== text) live.textContent = text;
}

// Runs `action` once at a time. `alert` says that it runs, and what went wrong.
const running = [];

async function attempt(alert, action) {
  if (running.indexOf(alert) >= 0) return;
  running.push(alert);
  tell(alert, say('page.loading'));
  try {
    await action();
    if (alert.className === 'wait') empty(alert);
  } catch (error) {
    offerAgain(alert, error, action);
  } finally {
    running.splice(running.indexOf(alert), 1);
  }
}

// Says in `alert` what went wrong, with a way to try again where that may help.
function offerAgain(alert, error, action) {
  explain(alert, error);
  if (!canRepeat(error)) return;
  alert.appendChild(button(say('send.retry'), function () { attempt(alert, action); }));
}

// Says in `alert` what is no fault.
function tell(alert, text) {
  alert.className = 'wait';
  alert.textContent = text;
}

function explain(alert, error) {
  warn(alert, (error.about ? error.about + ': ' : '') + wordsOf(error));
}

function warn(alert, text) {
  alert.className = '';
  alert.textContent = text;
}

const errors = {
  network: 'error.network', busy: 'error.busy', directory: 'error.directory',
  unsupported: 'error.unsupported', tooLong: 'error.tooLong', refused: 'error.refused',
  memory: 'error.memory'
};

function wordsOf(error, values) { return say(errors[codeOf(error)] || 'error.other', values); }

function codeOf(error) { return error && error.code || 'other'; }

function canRepeat(error) {
  return ['unsupported', 'tooLong', 'tooLarge', 'empty', 'changed'].indexOf(codeOf(error)) < 0;
}

// Whether something typed or chosen would be lost.
let unsent = false;

function beforeLeaving(event) {
  if (!unsent) return;
  event.preventDefault();
  event.returnValue = '';
}
