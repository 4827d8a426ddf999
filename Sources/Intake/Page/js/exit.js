// Leaving at once: everything typed is wiped, and the page takes no place in this tab's history.

const wiping = [];
let escapes = 0;

function wipe() {
  unsent = false;
  endWorker('stopped');
  document.forms[0].reset();
  all('input, textarea').forEach(function (field) {
    if (field.type !== 'radio' && field.type !== 'checkbox') field.value = '';
  });
  all('[role=alert]').forEach(empty);
  wiping.forEach(function (action) { action(); });
}

function leave(event) {
  if (event) event.preventDefault();
  const address = id('exit').href;
  // Hidden first: the next page may take seconds to come.
  document.body.hidden = true;
  try { wipe(); } finally { location.replace(address); }
}

function countEscapes(event) {
  escapes = event.key === 'Escape' || event.key === 'Esc' ? escapes + 1 : 0;
  if (escapes === 3) leave();
}
