// Names of places, offered while typing. The list is fetched once and searched on the phone, so
// that no server learns where anybody is. What is typed always stands as it is.

const where = document.querySelector('[role=combobox]');
const names = id('sites');
const mostNames = 8;
let sites = null;
let chosen = -1;

function loadSites() {
  if (sites) return;
  sites = [];
  pinned('sites').then(function (text) {
    sites = JSON.parse(text).map(readSite);
    offer();
  }).catch(function () { sites = null; });
}

function readSite(row) {
  return row.slice(1).map(function (name) { return { name: name, plain: plain(name) }; });
}

// Without case, Latin marks, spaces and signs; marks of other scripts are letters and stay.
function plain(text) {
  return text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').toLowerCase()
    .replace(/đ/g, 'd').replace(/[\s\-'’.,&/()]/g, '');
}

// The name that fits, and the first name of the same place if that is another.
function found(text) {
  const wanted = plain(text);
  if (!wanted || !sites) return [];
  const fits = [];
  sites.forEach(function (site) {
    const hit = site.find(function (entry) { return entry.plain.indexOf(wanted) >= 0; });
    if (hit) fits.push(hit === site[0] ? hit.name : hit.name + ' – ' + site[0].name);
  });
  return fits.slice(0, mostNames);
}

function offer() {
  const fits = document.activeElement === where ? found(where.value) : [];
  closeNames();
  fits.forEach(function (name, index) {
    const option = make('li', name, { role: 'option', id: 'site' + index, 'aria-selected': false });
    // Before the field loses the focus, and the list is closed.
    option.onmousedown = function (event) { event.preventDefault(); take(name); };
    names.appendChild(option);
  });
  if (!fits.length) return;
  names.hidden = false;
  where.setAttribute('aria-expanded', true);
  announce(say('site.found', { n: fits.length }));
}

function closeNames() {
  empty(names);
  names.hidden = true;
  chosen = -1;
  where.setAttribute('aria-expanded', false);
  where.removeAttribute('aria-activedescendant');
}

function take(name) {
  where.value = name;
  closeNames();
}

function mark(index) {
  const options = names.children;
  chosen = (index + options.length) % options.length;
  Array.from(options).forEach(function (option, at) {
    option.setAttribute('aria-selected', at === chosen);
  });
  where.setAttribute('aria-activedescendant', options[chosen].id);
  options[chosen].scrollIntoView({ block: 'nearest' });
}

function steer(event) {
  if (names.hidden) return;
  if (event.key === 'ArrowDown') mark(chosen + 1);
  else if (event.key === 'ArrowUp') mark(chosen < 0 ? -1 : chosen - 1);
  else if (event.key === 'Enter' && chosen >= 0) take(names.children[chosen].textContent);
  else if (event.key === 'Escape') closeNames();
  else return;
  event.preventDefault();
}

where.onfocus = loadSites;
where.oninput = function () {
  loadSites();
  offer();
};
where.onkeydown = steer;
where.onblur = closeNames;
