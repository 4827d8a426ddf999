// Goes every way through the reporter's page, in Chromium, against the stub.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Browser, serve, sleep } from './driver.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, '../../../Sources/Intake/Page');
const options = Object.fromEntries(['shots', 'axe', 'languages', 'sizes'].map(each => [each, { type: 'string' }]));
const { values: given } = parseArgs({ options });
const all = readdirSync(join(source, 'languages')).map(name => name.replace('.json', '')).sort();
const languages = given.languages ? given.languages.split(',') : all;
// Widths in pixels; with `-big` the text is at 200 %, and the screen dark.
const sizes = (given.sizes || '320,360-big').split(',').map(each => [parseInt(each), each.endsWith('-big')]);
const axe = given.axe && readFileSync(given.axe, 'utf8');
if (given.shots) mkdirSync(given.shots, { recursive: true });

const folder = mkdtempSync(join(tmpdir(), 'page-made-'));
execFileSync(join(source, 'make'), ['--out', join(folder, 'page'), '--worker', join(here, 'stub-worker.js')]);
const server = await serve(join(folder, 'page'));
let browser;
let width = 360;

const words = language => JSON.parse(readFileSync(join(source, `languages/${language}.json`))).strings;

// A new browser at a page, with an ear for what the worker is asked.
async function visit(path, at = 360, big = false, dark = false) {
  browser = await Browser.open();
  width = at;
  await browser.size(at);
  await browser.dark(dark);
  await browser.goto(server.address + path);
  if (axe) await browser.run(axe + ';0');
  if (big) await browser.call(() => { document.documentElement.style.fontSize = '225%'; });
  await browser.call(() => {
    window.asked = [];
    new BroadcastChannel('stub').onmessage = event => window.asked.push(JSON.parse(event.data));
  });
}

async function leave() {
  assert.deepEqual(browser.problems, []);
  await browser.close();
  browser = null;
}

// The pages for who has no script: small and large.
async function scriptless(language) {
  for (const name of ['sealed', 'taken', 'unsealed', 'large', 'damaged', 'later']) {
    await visit(`/${language}/${name}/`, 320, name === 'sealed');
    assert.equal(await browser.run('document.scripts.length'), 0);
    await look(`${language}-scriptless-${name}`);
    await leave();
  }
}

// Lines that begin with a sign of the letter before them: a word that was longer than a line, torn.
const torn = () => {
  const found = [];
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const top = (text, at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getClientRects()[0]?.top;
  };
  for (let text; (text = texts.nextNode());) {
    if (!text.parentElement.getClientRects().length || text.parentElement.closest('.v')) continue;
    for (const { index } of text.data.matchAll(/(?<=\p{L}\p{M}*)\p{M}/gu)) {
      const [before, own] = [top(text, index - 1), top(text, index)];
      if (own > before + 5) found.push(text.data.slice(Math.max(0, index - 12), index + 6));
    }
  }
  return found;
};

// Looks at what is on the screen: nothing wider than it, no word torn, nothing that axe knows better.
async function look(name) {
  const wide = await browser.call(most => [...document.querySelectorAll('main *, header *')]
    .filter(each => each.getClientRects().length && !each.closest('.v'))
    .filter(each => each.getBoundingClientRect().right > most + 1 || each.getBoundingClientRect().left < -1)
    .map(each => each.outerHTML.slice(0, 90)), width);
  assert.deepEqual(wide, [], name);
  assert.deepEqual(await browser.call(torn), [], name);
  assert.ok(await browser.run('document.documentElement.scrollWidth') <= width, name);
  if (axe) {
    const found = await browser.call(async () => (await window.axe.run(document, { resultTypes: ['violations'] }))
      .violations.map(each => [each.id, each.nodes.map(node => node.html.slice(0, 120))]));
    assert.deepEqual(found, [], name);
  }
  if (given.shots) await browser.shot(join(given.shots, `${name}.png`));
}

function choose(section, files) {
  return browser.call((where, list) => {
    const chosen = new DataTransfer();
    for (const [name, content, type] of list) chosen.items.add(new File(content ? [content] : [], name, { type }));
    const field = document.querySelector(`${where} .files input`);
    field.files = chosen.files;
    field.dispatchEvent(new Event('change'));
  }, section, files);
}

const open = section => browser.call(which => document.querySelectorAll(`${which} details`).forEach(each => { each.open = true; }), section);
const asked = what => browser.call(which => window.asked.filter(each => each.do === which), what);
const shown = selector => browser.until(`(each => each && !each.hidden)(document.querySelector('${selector}'))`);

// Presses the button that leads to a section, and waits for it.
async function go(section) {
  await browser.click(`section:not([hidden]) [data-go=${section}]`);
  await shown('#' + section);
}

async function confirm(button = '#send-now') {
  await shown('#number-ready');
  const group = Number((await browser.text('#confirm-label')).match(/[1-5]/)[0]);
  await browser.type('#confirm', ['١٢٣٤', '५६७८', '၉၀၁၂', '３４５６', '7890'][group - 1]);
  await browser.click(button);
}

// Everything a reporter can do, in one language; every section is looked at.
async function tour(language, at, big, dark) {
  const name = step => `${language}-${at}${big ? '-big' : ''}${dark ? '-dark' : ''}-${step}`;
  await visit(`/${language}/`, at, big, dark);
  await look(name('1home'));
  await go('quick');
  await saysNothing(name, language);
  await place(name('2names'));
  await browser.click('[name=danger][value=life]');
  await browser.type('[name="report.narrative"]', 'He called at night.');
  await look(name('3quick'));
  await go('more');
  await more();
  await look(name('4more'));
  await go('share');
  await browser.until('document.querySelector(".office")');
  await countries(language);
  await browser.click('[name="office office-a"][value=may]');
  await browser.click('[name="office office-b"][value=never]');
  await browser.click('[name=place-too]');
  await open('#share');
  await look(name('5share'));
  await go('number');
  await shown('#number-ready');
  await browser.type('#confirm', '0000');
  await browser.click('#send-now');
  await look(name('6number'));
  await confirm();
  await sending(name);
  await mailbox(name);
  await afterwards();
  await leave();
}

// Where the language has names of its own for countries, no office's country is in English.
async function countries(language) {
  const named = await browser.run('Array.from(document.querySelectorAll(".office small")).map(e => e.textContent).join()');
  for (const code of ['TH', 'CN', 'MM']) {
    const [own, english] = [language, 'en'].map(each => new Intl.DisplayNames([each], { type: 'region' }).of(code));
    assert(own === english || !named.includes(english), `${language}: ${named}`);
  }
}

// Sent before anything is in it: what would be enough is said where it can be written, until it is.
async function saysNothing(name, language) {
  const nothing = words(language)['quick.nothing'];
  await browser.click('#quick [data-go=number]');
  assert.equal(await browser.text('#nothing'), nothing);
  assert.equal(await browser.run('document.activeElement.name'), 'report.narrative');
  await look(name('2nothing'));
  await go('more');
  await go('share');
  await browser.click('[name=tell]');
  await browser.click('#share [data-go=number]');
  await shown('#quick');
  assert.equal(await browser.text('#nothing'), nothing);
  assert.equal(await browser.run('document.activeElement.name'), 'report.narrative');
  await browser.type('[name="report.narrative"]', 'x');
  assert.equal(await browser.text('#nothing'), '');
  await go('more');
  await go('share');
  await browser.click('[name=tell]');
  await go('more');
  await go('quick');
  assert.deepEqual(await asked('newReceipt'), []);
}

// One box, one place or one file is a report.
async function littleIsEnough() {
  const little = {
    box: () => browser.click('[name=danger][value=medical]'),
    place: () => browser.type('[role=combobox]', 'KK'),
    file: async () => {
      await go('more');
      await choose('#more', [['a.jpg', 'x', 'image/jpeg']]);
      await go('share');
    }
  };
  for (const give of Object.values(little)) {
    await visit('/en/');
    await go('quick');
    await give();
    await go('number');
    await leave();
  }
}

// A page that cannot know whom it would seal to says so before anybody writes, and goes on once it can.
async function untrusted(language) {
  await visit(`/${language}/`, 320);
  await browser.run('document.querySelector("script[src]").dataset.root = "another"');
  const { 'error.directory': told, 'send.retry': again } = words(language);
  for (const section of ['login', 'quick']) {
    await go(section);
    await browser.until(`document.querySelector('#${section} [role=alert] button')`);
    assert.equal(await browser.text(`#${section} [role=alert]`), told + again);
    await look(`${language}-untrusted-${section}`);
    if (section === 'login') await go('home');
  }
  await browser.run('document.querySelector("script[src]").dataset.root = ""');
  await browser.click('#quick [role=alert] button');
  await browser.until('document.querySelector("#quick [role=alert]").textContent === ""');
  await leave();
}

// A door with troubles of its own is not one that is full.
async function illDoor(language) {
  const { 'send.trouble': waits, 'error.other': ends } = words(language);
  await visit(`/${language}/`, 320);
  await go('quick');
  await browser.type('[name="report.narrative"]', 'the door is ill');
  await go('number');
  await confirm();
  await browser.until(`document.getElementById('step').textContent === ${JSON.stringify(waits)}`);
  assert.equal(await browser.text('#live'), waits);
  await look(`${language}-ill-door`);
  await shown('#retry');
  assert.equal(await browser.text('#sending [role=alert]'), ends);
  await leave();
}

// How long a large file takes is seen once it is known, and not read aloud.
async function timeLeft() {
  await visit('/en/');
  await go('quick');
  await go('more');
  await choose('#more', [['endless.mp4', 'x', 'video/mp4']]);
  await go('share');
  await go('number');
  await confirm();
  await shown('#retry');
  await browser.click('#retry');
  await shown('#pause');
  const spoken = await browser.call(() => {
    window.spoken = [];
    const live = document.getElementById('live');
    new MutationObserver(() => window.spoken.push(live.textContent)).observe(live, { childList: true });
    return document.getElementById('step').textContent;
  });
  assert.doesNotMatch(spoken, /≈/);
  await browser.until("/≈ [0-9]+ (minutes|hours)$/.test(document.getElementById('step').textContent)");
  await look('time-left');
  assert.deepEqual(await browser.run('window.spoken.filter(each => /≈/.test(each))'), []);
  assert.ok(await browser.run('window.spoken.length') < 3);
  await leave();
}

async function place(name) {
  await browser.call(() => document.querySelector('[role=combobox]').focus());
  await browser.type('[role=combobox]', 'MYÁWAD');
  await browser.until('document.querySelector("#sites li")');
  await look(name);
  await browser.key('ArrowDown', 40);
  await browser.key('Enter', 13);
  assert.equal(await browser.run('document.querySelector("[role=combobox]").value'), 'Myawaddy');
}

async function more() {
  await open('#more');
  await browser.click('#add-person');
  await browser.type('#people [name=names]', 'Li Wei\n 李伟 \n\n');
  await browser.type('#people [name=age]', '1999');
  await browser.type('[name="answers.police"]', 'Kunming');
  await browser.type('[name="compelled.account"]', 'messages');
  await browser.type('[name="money.amount"]', '50,000');
  await browser.type('[name="money.when"]', 'before the feast');
  await browser.call(() => { document.querySelector('[name="money.day"]').value = '2026-12-01'; });
  await browser.click('[name=behalf][value=other]');
  await browser.type('[name=withdrawalWord]', 'plum ');
  await choose('#more', [['slow photo with a rather long name of its own.jpg', 'abc', 'image/jpeg'], ['empty.pdf', ''], ['changed.pdf', 'q']]);
  assert.match(await browser.text('#more .files [role=alert]'), /empty\.pdf/);
  assert.equal(await browser.run('document.querySelectorAll("#more .files li").length'), 2);
}

async function sending(name) {
  await shown('#retry');
  await look(name('7busy'));
  await browser.click('#retry');
  await shown('#pause');
  await browser.click('#pause');
  await shown('#resume');
  await look(name('8paused'));
  await browser.click('#resume');
  await shown('#done');
  await look(name('9done'));
  const [first, second] = await asked('send');
  assert.deepEqual(first.tip, second.tip);
  await theTip(first.tip);
  assert.equal(await remains(), 0);
}

async function theTip(tip) {
  assert.equal(tip.report.answers.length, 2);
  tip.report.answers.pop();
  delete tip.language;
  assert.deepEqual(tip, {
    place: { site: 'Myawaddy' },
    urgency: { danger: ['life'], reason: 'before the feast', deadline: '2026-12-01' },
    report: { narrative: 'He called at night.', answers: [{ ask: 'police', text: 'Kunming' }] },
    person: { people: [{ names: ['Li Wei', '李伟'], age: '1999' }] },
    perpetrators: { demand: { amount: '50,000', deadline: '2026-12-01' } },
    compelled: { account: 'messages' },
    withdrawalWord: 'plum',
    share: [{ office: 'office-a', parts: ['urgency', 'report', 'person', 'place', 'perpetrators', 'evidence'] }],
    never: ['office-b']
  });
}

// Fields that still hold something.
function remains() {
  return browser.call(() => [...document.querySelectorAll('input, textarea')]
    .filter(each => /radio|checkbox/.test(each.type) ? each.checked !== each.defaultChecked : each.value).length);
}

async function mailbox(name) {
  await browser.click('#done .clear');
  await go('login');
  await browser.type('#typed', '1234');
  await browser.key('Enter', 13);
  assert.match(await browser.text('#login [role=alert]'), /4/);
  await browser.type('#typed', '၁၂၃၄ ५६७८ 9012-3456 ٧٨٩٠');
  await browser.click('#check');
  await shown('#known');
  await look(name('10number'));
  assert.equal((await asked('useReceipt')).pop().digits, '12345678901234567890');
  await browser.click('#open');
  await browser.until('document.querySelector("#questions textarea")');
  await browser.type('#questions textarea', 'third');
  await open('#mailbox');
  await look(name('11mailbox'));
  await browser.click('#questions button');
  await browser.until('!document.querySelector("#questions textarea")');
  await browser.type('#addition', 'more');
  await browser.click('#add');
  await browser.until('document.querySelector("#mailbox .files ~ [role=alert].note")');
  await browser.type('#word', ' plum');
  await browser.click('#withdraw');
  await browser.until('document.querySelector("#withdrawing").hidden');
  await look(name('12sent'));
  assert.deepEqual((await asked('answer')).map(({ question, text }) => [question, text]), [['q1', 'third'], ['', 'more']]);
  assert.equal((await asked('withdraw'))[0].codeWord, 'plum');
}

// Nothing stored, nothing in the history, no word to anybody else; then out.
async function afterwards() {
  assert.equal(await browser.run('history.length'), 2);
  assert.equal(await browser.run('location.search + location.hash'), '');
  assert.equal(await browser.run('localStorage.length + sessionStorage.length + document.cookie.length'), 0);
  assert.equal(await browser.run('(async () => (await indexedDB.databases()).length + (await caches.keys()).length)()'), 0);
  assert.deepEqual(browser.requests.filter(each => !each.startsWith(server.address) && !/^(data|blob):/.test(each)), []);
  await browser.type('#addition', 'one more word');
  await exit();
  assert.equal(browser.dialogs, 0);
  assert.equal(await browser.run('history.length'), 2);
}

async function exit() {
  await browser.send('Network.setBlockedURLs', { urls: ['https://*'] });
  const before = browser.problems.length;
  for (let times = 0; times < 3; times += 1) await browser.key('Escape', 27);
  await browser.until('!location.href.startsWith("http://127")');
  browser.problems.splice(before);
}

async function frontDoor() {
  await visit('/', 320);
  await look('front-door');
  assert.equal(await browser.run('document.querySelectorAll("#languages a").length'), all.length);
  await leave();
}

async function withoutScript() {
  browser = await Browser.open();
  width = 360;
  await browser.size(width);
  await browser.send('Emulation.setScriptExecutionDisabled', { value: true });
  await browser.goto(`${server.address}/en/`);
  if (given.shots) await browser.shot(join(given.shots, 'no-script.png'));
  const { root } = await browser.send('DOM.getDocument', {});
  const { nodeId } = await browser.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'noscript p' });
  assert.ok(nodeId);
  await leave();
}

// Saved sealed, with a number: the same file as often as it is asked for, and everything wiped after.
async function saving(language, at, big) {
  const name = step => `${language}-${at}${big ? '-big' : ''}-${step}`;
  const target = mkdtempSync(join(tmpdir(), 'page-saved-'));
  await visit(`/${language}/`, at, big);
  await browser.downloads(target);
  await go('quick');
  await browser.type('[name="report.narrative"]', 'He called at night.');
  await go('more');
  await choose('#more', [['photo.jpg', 'abc', 'image/jpeg'], ['changed.pdf', 'q']]);
  await go('share');
  await go('number');
  await shown('#number-ready');
  await browser.click('#save-later');
  assert.equal(await browser.run('document.querySelector("#save").hidden'), true);
  await confirm('#save-later');
  await shown('#save-ready');
  assert.match(await browser.text('#save-until'), /[0-9٠-٩]/);
  await look(name('13save'));
  await browser.click('#save-now');
  await browser.until('document.querySelector("#save-ready [role=alert]").textContent.startsWith("changed.pdf: ")');
  await browser.click('#save-back');
  await browser.call(() => document.querySelector('#more li:last-child button').click());
  await confirm('#save-later');
  await shown('#save-ready');
  await browser.click('#save-now');
  await shown('#saved');
  await look(name('14saved'));
  assert.deepEqual(await saved(target, 1), ['notes.dat']);
  const bytes = readFileSync(join(target, 'notes.dat'));
  assert.deepEqual(bytes, Buffer.from('\x01\x02\x03photo.jpg'));
  await browser.click('#save-now');
  for (const other of await saved(target, 2)) assert.deepEqual(readFileSync(join(target, other)), bytes);
  const [{ tip }] = await asked('seal');
  assert.equal(tip.report.narrative, 'He called at night.');
  assert.deepEqual(await asked('send'), []);
  await browser.click('#save-clear');
  await shown('#home');
  assert.equal(await remains(), 0);
  await leave();
  rmSync(target, { recursive: true });
}

// The names of so many files that were saved.
async function saved(target, count) {
  const whole = () => readdirSync(target).filter(each => !each.endsWith('.crdownload'));
  for (let tries = 0; whole().length < count && tries < 200; tries += 1) await sleep(50);
  return whole();
}

// Sealed files of a whole family: each says how it ended, and what the line stopped goes on.
async function courier(language, at, big) {
  const name = step => `${language}-${at}${big ? '-big' : ''}-${step}`;
  await visit(`/${language}/`, at, big);
  await go('courier');
  const names = ['notes.dat', 'none.jpg', 'old.dat', 'a file with a rather long name of its own, which was cut.dat',
    'behind.dat', 'bad.dat', 'late.dat', 'notes (1).dat'];
  await chooseSealed(names);
  await look(name('15courier'));
  const [waiting] = await states();
  assert.deepEqual(await states(), names.map(() => waiting));
  await browser.click('#carry');
  await browser.until('(each => each.className !== "wait" && each.textContent)(document.querySelector("#courier [role=alert]"))');
  await look(name('16cut-off'));
  assert.equal((await states())[7], waiting);
  await browser.click('#carry');
  await shown('#carried');
  await look(name('17carried'));
  const ended = await states();
  assert.equal(new Set(ended).size, 6);
  assert.ok(ended[0] === ended[6] && ended[0] === ended[7]);
  // Only what may yet go is sent again.
  assert.deepEqual((await asked('carry')).map(each => each.key), [1, 2, 3, 4, 5, 6, 7, 6, 7, 8]);
  assert.equal(await browser.run('document.getElementById("carry").hidden'), false);
  await leave();
}

const states = () => browser.call(() => [...document.querySelectorAll('#sealed small')].map(each => each.textContent));

function chooseSealed(names) {
  return browser.call(list => {
    const chosen = new DataTransfer();
    for (const each of list) chosen.items.add(new File(['x'], each));
    const field = document.getElementById('sealed-files');
    field.files = chosen.files;
    field.dispatchEvent(new Event('change'));
  }, names);
}

// Whoever leaves the courier's section is not kept waiting, and can go on with it later.
async function courierLeaves() {
  await visit('/en/');
  await go('courier');
  await chooseSealed(['endless.dat']);
  await browser.click('#carry');
  await browser.until('/%/.test(document.querySelector("#sealed small").textContent)');
  await go('home');
  await go('quick');
  await browser.click('[name=danger][value=life]');
  await go('number');
  await shown('#number-ready');
  assert.deepEqual(await states(), ['Not sent yet. Please try again.']);
  await browser.click('#number-back');
  await go('home');
  await go('courier');
  assert.equal(await browser.run('document.getElementById("carry").hidden'), false);
  await leave();
}

// The door is full: what was to be sent is saved instead, without a number.
async function savingInstead() {
  await visit('/en/', 320);
  await go('quick');
  await browser.click('[name=danger][value=life]');
  await go('number');
  await shown('#number-ready');
  await browser.click('#send-none');
  await shown('#save-instead');
  await look('save-instead');
  await browser.click('#save-instead');
  await shown('#save-ready');
  assert.equal(await browser.run('document.querySelector("#save-number").hidden'), true);
  await browser.click('#save-back');
  await shown('#number-ready');
  await leave();
}

// What comes later does not come, or comes altered: it is said, what was typed stays, and the next
// try works.
async function badLine() {
  for (const [name, pattern] of [['later', '/a/later.*'], ['sections', '/a/sections.*']]) {
    await visit('/en/', 320);
    await go('quick');
    await browser.type('[name="report.narrative"]', 'He called at night.');
    await browser.send('Network.setBlockedURLs', { urls: [`*${pattern}`] });
    await browser.click('[data-go=more]');
    await browser.until('document.querySelector("#quick [role=alert] button")');
    await look(`bad-line-${name}`);
    await browser.send('Network.setBlockedURLs', { urls: [] });
    browser.problems.length = 0;
    await browser.click('#quick [role=alert] button');
    await shown('#more');
    assert.equal(await browser.run('document.querySelector("[name=\'report.narrative\']").value'), 'He called at night.');
    await open('#more');
    await browser.type('#people [name=age]', '1999');
    await go('share');
    await go('number');
    await confirm();
    await shown('#retry');
    const [{ tip }] = await asked('send');
    assert.equal(tip.report.narrative, 'He called at night.');
    assert.equal(tip.person.people[0].age, '1999');
    await leave();
  }
}

// A server that alters what comes later is not believed.
async function altered() {
  for (const kind of ['later', 'sections']) {
    await visit('/en/');
    await go('quick');
    const file = await browser.call(which => document.querySelector('script[src]').dataset[which].split(' ')[0], kind);
    const path = join(folder, 'page', file);
    const before = readFileSync(path);
    writeFileSync(path, Buffer.concat([before, Buffer.from(' ')]));
    await browser.click('[data-go=more]');
    await browser.until('document.querySelector("#quick [role=alert] button")');
    assert.equal(await browser.run('document.querySelectorAll("#people fieldset").length'), 0);
    writeFileSync(path, before);
    await browser.close();
  }
}

// Much of everything: 500 files, and a text that is too long from right to left.
async function much() {
  await visit('/en/');
  await go('quick');
  await browser.call(() => { document.querySelector('[name="report.narrative"]').value = 'سلام 🧵 '.repeat(12500); });
  await go('more');
  await open('#more');
  const began = Date.now();
  await choose('#more', Array.from({ length: 500 }, (_, index) => [`${index}.jpg`, 'x', 'image/jpeg']));
  assert.ok(Date.now() - began < 3000);
  await look('500-files');
  await go('quick');
  await go('number');
  await confirm();
  await shown('#sending-back');
  assert.equal(await browser.run('document.getElementById("retry").hidden'), true);
  await browser.click('#sending-back');
  await browser.type('[name="report.narrative"]', 'short');
  await go('number');
  await confirm();
  await shown('#retry');
  await browser.click('#retry');
  await shown('#done');
  assert.equal((await asked('sendFile')).length, 500);
  await leave();
}

// A voice goes along even if nobody pressed stop, and a page with something on it asks before it goes.
async function voice() {
  await visit('/en/');
  await go('quick');
  await go('more');
  await open('#more');
  const before = await browser.text('#more .files button');
  await browser.click('#more .files button');
  // Until it records: a slow machine takes its time to find the microphone.
  await browser.until(`document.querySelector('#more .files button').textContent !== ${JSON.stringify(before)}`);
  await sleep(500);
  await go('share');
  await browser.until('document.querySelectorAll("#more .files li").length === 1');
  await browser.goto(`${server.address}/`);
  assert.equal(browser.dialogs, 1);
  await leave();
}

try {
  await frontDoor();
  await withoutScript();
  for (const language of languages) {
    await scriptless(language);
    for (const [at, big] of sizes) {
      await tour(language, at, big, big);
      await saving(language, at, big);
      await courier(language, at, big);
    }
    await untrusted(language);
    await illDoor(language);
    console.log(`${language}: every way gone`);
  }
  await littleIsEnough();
  await timeLeft();
  await savingInstead();
  await courierLeaves();
  await badLine();
  await altered();
  await much();
  await voice();
  console.log('page: all well');
} catch (error) {
  console.error(error);
  if (browser) console.error(browser.problems);
  process.exitCode = 1;
} finally {
  await browser?.close().catch(() => {});
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
