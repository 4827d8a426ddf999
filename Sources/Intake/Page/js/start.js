// The buttons, and what happens at the page's beginning and end.

const reportFiles = fileList(document.querySelector('#more .files'));
mailFiles = fileList(document.querySelector('#mailbox .files'));

document.forms[0].onsubmit = function (event) { event.preventDefault(); };
all('[data-go]').forEach(function (each) {
  each.onclick = function () { show(each.dataset.go); };
});
all('.clear').forEach(function (each) {
  each.onclick = function () {
    wipe();
    show('home');
  };
});
// Fetches what seals while the person writes.
// The keyboard's own key for "done".
[['typed', 'check'], ['confirm', 'send-now']].forEach(function (pair) {
  id(pair[0]).onkeydown = function (event) { if (event.key === 'Enter') id(pair[1]).click(); };
});
function startEarly() { start().catch(function () {}); }
entering.quick = startEarly;

document.addEventListener('input', function (event) {
  if (event.target.id !== 'typed' && event.target.id !== 'confirm') unsent = true;
});
document.addEventListener('keydown', countEscapes);
id('exit').onclick = leave;
addEventListener('beforeunload', beforeLeaving);
addEventListener('pagehide', wipe);
id('ways').hidden = false;
