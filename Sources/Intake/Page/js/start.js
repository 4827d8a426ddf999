// The buttons, and what happens at the page's beginning and end.

const form = document.forms[0];
form.onsubmit = function (event) { event.preventDefault(); };
// Also of sections that are not there yet.
form.onclick = function (event) {
  const pressed = event.target.closest('[data-go], .clear');
  if (!pressed) return;
  if (pressed.className === 'clear') wipe();
  if (pressed.dataset.go === 'number' && saysNothing()) askForMore();
  else go(pressed, pressed.dataset.go || 'home');
};

// The keyboard's own key for "done".
function pressOnEnter(field, pressed) {
  id(field).onkeydown = function (event) { if (event.key === 'Enter') id(pressed).click(); };
}
pressOnEnter('confirm', 'send-now');

// Fetches what seals while the person writes. What no waiting mends, a wrong date above all, is told
// before they write anything; a bad line may be a good one by the time they are done.
function startEarly() {
  const alert = id(current).querySelector('[role=alert]');
  empty(alert);
  start().catch(function (error) {
    if (['directory', 'unsupported'].indexOf(codeOf(error)) >= 0) offerAgain(alert, error, start);
  });
}
entering.quick = startEarly;

document.addEventListener('input', function (event) {
  empty(id('nothing'));
  if (event.target.id !== 'typed' && event.target.id !== 'confirm') unsent = true;
});
document.addEventListener('keydown', countEscapes);
id('exit').onclick = leave;
addEventListener('beforeunload', beforeLeaving);
addEventListener('pagehide', wipe);
id('ways').hidden = false;
