// What only few need comes later: a second script, and its sections in the person's language. What
// was typed stays as it is while they come, and when they do not.

const firstSections = all('section').map(function (section) { return section.id; });
const patience = 30000;
let isWhole = false;

// Shows a section once it is there. Beside the button it says that it comes, or what went wrong.
function go(pressed, name) {
  if (isWhole || firstSections.indexOf(name) >= 0) {
    show(name);
    return;
  }
  const from = current;
  attempt(noticeAfter(pressed), async function () {
    await bringLater();
    if (current === from) show(name);
  });
}

function noticeAfter(pressed) {
  const next = pressed.nextElementSibling;
  if (next && next.getAttribute('role') === 'alert') return next;
  return pressed.parentNode.insertBefore(make('p', '', { role: 'alert' }), next);
}

// The script runs once, whatever a bad line makes of it: a second copy could not declare the same
// names again.
async function bringLater() {
  if (isWhole) return;
  const text = await soon(pinned('sections'));
  if (!id('more')) addSections(text);
  await soon(run(asset('later').url, asset('later').integrity));
  isWhole = true;
}

// A line that says nothing for so long is a bad one.
function soon(promise) {
  return Promise.race([promise, new Promise(function (_, refuse) {
    setTimeout(function () { refuse(failure('network')); }, patience);
  })]);
}

function addSections(text) {
  const read = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html');
  Array.prototype.push.apply(words, read.querySelector('script').textContent.split('\n'));
  Array.from(read.body.children).forEach(function (element) {
    document.forms[0].appendChild(document.importNode(element, true));
  });
}

function run(url, integrity) {
  return new Promise(function (accept, refuse) {
    const element = make('script', '', { integrity: integrity, crossorigin: 'anonymous' });
    element.onload = accept;
    element.onerror = function () { refuse(failure('network')); };
    element.src = policy ? policy.createScriptURL(url) : url;
    document.head.appendChild(element);
  });
}
