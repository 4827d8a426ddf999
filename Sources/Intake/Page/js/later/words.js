// Elements that only the later sections have.

// A text that people consent by: a translation nobody has read yet shows the English beside it.
function consent(tag, key) {
  const texts = say(key).split('\t');
  const element = make(tag, texts[0]);
  if (texts[1]) element.appendChild(make('span', texts[1], { class: 'o', lang: 'en', dir: 'ltr' }));
  return element;
}

function input(attributes) {
  return make('input', '', Object.assign({ autocomplete: 'off' }, attributes));
}

// A box or a round button with its label, as page.html has them.
function choice(attributes, text) {
  const label = make('label', '', { class: 'c' });
  label.appendChild(input(attributes));
  label.appendChild(text);
  return label;
}

function copy(name) { return document.importNode(id(name).content, true); }
