// Texts and elements. Nothing here ever parses markup.

const root = document.documentElement;
const language = root.lang;
// One text a line; `make` puts the number of its line in the place of every key in this script.
const words = document.getElementById('words').textContent.split('\n');

function id(name) { return document.getElementById(name); }

function all(selector, within) {
  return Array.from((within || document).querySelectorAll(selector));
}

// The text of a key, with its placeholders filled. A name keeps its own direction.
function say(key, values) {
  return words[key].replace(/\{([a-z]+)\}/g, function (_, name) {
    const value = values ? values[name] : '';
    return name === 'name' ? '\u2068' + value + '\u2069' : value;
  });
}

function make(tag, text, attributes) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  Object.keys(attributes || {}).forEach(function (name) {
    element.setAttribute(name, attributes[name]);
  });
  return element;
}

function button(text, action) {
  const made = make('button', text, { type: 'button' });
  made.onclick = action;
  return made;
}

function empty(element) { element.textContent = ''; }

// Digits of any script with places become ASCII; anything else is left out.
const zeros = [
  0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
  0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0xFF10
];

function digitsOf(text) {
  return Array.from(text).map(function (letter) {
    const code = letter.codePointAt(0);
    const zero = zeros.find(function (start) { return code >= start && code < start + 10; });
    return zero === undefined ? '' : String(code - zero);
  }).join('');
}

function percent(part) {
  return part.toLocaleString(language, { style: 'percent' });
}

// A day in words, or in digits where the browser does not know the language.
function dayText(day) {
  try {
    if (!Intl.DateTimeFormat.supportedLocalesOf(language).length) return day;
    return new Date(day + 'T12:00:00').toLocaleDateString(language, { dateStyle: 'long' });
  } catch (error) {
    return day;
  }
}
