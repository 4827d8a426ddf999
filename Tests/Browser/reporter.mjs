// A reporter at the real page, in Chromium or Firefox: one visit for each call.
//
//   node Tests/Browser/reporter.mjs ADDRESS COMMAND [--browser firefox] <<< JSON
//
// send      {language, site, danger, story, place, day, amount, share, never, word, files, cut}: answers
//           the number; with nothing but site, danger and story, by the shortest way;
//           with `cut` the browser is killed once so much of the last file is sent (0 to 1)
// save      {language, story, files, target, hold}: saves the report sealed in the folder `target`; the
//           file `hold` says that everything is loaded, and it goes on when somebody took it away
// carry     {language, files}: sends saved files; answers what the page says of each
// add       {language, digits, files}: with the number, until every file is sent
// mailbox   {language, digits}: what the mailbox says, and its questions
// answer    {language, digits, text}: answers the first question
// withdraw  {language, digits, word}
// escape    {language, site, danger, story, files}: all but sent, then out by the quick exit, or with
//           `dies` the browser is killed
//
// Prints one line of JSON. `shots` names a folder for pictures of every step; `hidden` asks for a
// private window, `wasm: false` for Firefox without it, `profile` for a profile that stays.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, sleep } from './page/driver.mjs';
import { Firefox } from './page/firefox.mjs';

const [address, command, , kind] = process.argv.slice(2);
const given = JSON.parse(readFileSync(0, 'utf8'));
const { strings: words } = JSON.parse(readFileSync(new URL(
  `../../Sources/Intake/Page/languages/${given.language}.json`, import.meta.url)));
const patience = given.patience || 180000;
let browser = null;
// Nothing may hang: a browser that says nothing more ends the visit.
setTimeout(() => {
  console.error(`stuck after: ${last}`, browser ? browser.problems : '');
  if (browser) browser.kill();
  process.exit(1);
}, 2 * patience).unref();
let last = 'start';
let pictures = 0;
// Seconds until the first screen can be used.
let ready = 0;

async function visit() {
  browser = await (kind === 'firefox' ? Firefox : Browser).open(given);
  await browser.size(360);
  const began = Date.now();
  await browser.goto(`${address}/${given.language}/`);
  await until('!document.querySelector("#ways").hidden');
  ready = (Date.now() - began) / 1000;
}

async function shoot(name) {
  last = name;
  if (!given.shots) return;
  mkdirSync(given.shots, { recursive: true });
  pictures += 1;
  await browser.shot(join(given.shots, `${command}-${pictures}-${name}.png`));
}

// Presses the button that leads to a section, and waits for it: it may have to be loaded.
async function go(section) {
  await browser.click(`section:not([hidden]) [data-go=${section}]`);
  await until(`(each => each && !each.hidden)(document.querySelector('#${section}'))`);
}

async function until(expression, time = patience) {
  for (const end = Date.now() + time; Date.now() < end; await sleep(50)) {
    if (await browser.run(expression)) return;
  }
  throw new Error(`never: ${expression}\n${await browser.run('document.querySelector("section:not([hidden])").innerText')}`);
}

const unfold = section => browser.run(
  `document.querySelectorAll('${section} details').forEach(each => { each.open = true; })`);

async function choose(section, files) {
  await unfold(section);
  await browser.files(`${section} .files input`, files);
}

async function write() {
  await go('quick');
  await browser.type('[role=combobox]', given.site);
  for (const box of given.danger) await browser.click(`[name=danger][value=${box}]`);
  await browser.type('[name="report.narrative"]', given.story);
  await shoot('quick');
  if (given.files) await sayMore();
  await go('number');
}

async function shownNumber() {
  await until('!document.querySelector("#number-ready").hidden');
  return (await browser.text('#digits')).trim();
}

async function sayMore() {
  await go('more');
  await unfold('#more');
  if (given.place) {
    for (const [name, text] of Object.entries(given.place)) await browser.type(`[name="place.${name}"]`, text);
  }
  if (given.day) {
    await browser.run(`document.querySelector('[name="money.day"]').value = '${given.day}'`);
    await browser.type('[name="money.amount"]', given.amount);
  }
  if (given.word) await browser.type('[name=withdrawalWord]', given.word);
  if (given.files.length) await choose('#more', given.files);
  await shoot('more');
  await go('share');
  if (given.share.length + given.never.length) {
    await until('document.querySelector(".office")');
    for (const office of given.share) await browser.click(`[name="office ${office}"][value=may]`);
    for (const office of given.never) await browser.click(`[name="office ${office}"][value=never]`);
    if (given.placeToo) await browser.click('[name=place-too]');
  }
  if (given.tell) await browser.click('[name=tell]');
  await shoot('share');
}

// Types the number's digits that the page asks for; answers the number.
async function confirm() {
  const digits = await shownNumber();
  const group = Number((await browser.text('#confirm-label')).match(/[1-5]/)[0]);
  await browser.type('#confirm', digits.split(' ')[group - 1]);
  await shoot('number');
  return digits;
}

async function save() {
  await browser.downloads(given.target);
  await go('quick');
  await browser.type('[name="report.narrative"]', given.story);
  await go('more');
  await choose('#more', given.files);
  await go('share');
  writeFileSync(given.hold, '');
  while (existsSync(given.hold)) await sleep(50);
  await go('number');
  const digits = await confirm();
  await browser.click('#save-later');
  await until('!document.querySelector("#save-ready").hidden');
  await shoot('save');
  await browser.click('#save-now');
  await until('!document.querySelector("#saved").hidden');
  await shoot('saved');
  const file = join(given.target, 'notes.dat');
  while (!existsSync(file)) await sleep(50);
  return { digits, file };
}

async function carry() {
  await go('courier');
  await browser.files('#sealed-files', given.files);
  await browser.click('#carry');
  // Until it is done, or says why it is not.
  await until(`document.querySelector('#carry').hidden || (each => each.className !== 'wait')(
    document.querySelector('#courier [role=alert]'))`);
  await shoot('carried');
  return { states: await browser.run('[...document.querySelectorAll("#sealed small")].map(each => each.textContent)') };
}

async function send() {
  await write();
  const digits = await confirm();
  const began = Date.now();
  await browser.click('#send-now');
  await until('!document.querySelector("#safe").hidden');
  const seconds = (Date.now() - began) / 1000;
  await shoot('safe');
  const wasm = await browser.run('typeof WebAssembly === "object"');
  const answer = { digits, seconds, ready, wasm };
  if (given.cut !== undefined) {
    // The bar of the file before may still be full.
    await until(`document.querySelector('#file-name').textContent.includes(${JSON.stringify(given.last)})
      && document.querySelector('#step').textContent.startsWith(${JSON.stringify(words['send.sending'])})
      && !document.querySelector('#bar').hidden
      && document.querySelector('#bar').value > ${given.cut} && document.querySelector('#bar').value < 0.9`);
    answer.killed = true;
    browser.kill();
    return answer;
  }
  await until('!document.querySelector("#done").hidden');
  await shoot('done');
  return answer;
}

async function open() {
  await go('login');
  await browser.type('#typed', given.digits);
  await browser.click('#check');
  await until('!document.querySelector("#known").hidden');
  await shoot('pictures');
  const pictures = (await browser.text('#known-pictures')).trim();
  await browser.click('#open');
  await until('document.querySelector("#state").textContent');
  await shoot('mailbox');
  return { pictures, state: await browser.text('#state') };
}

async function add() {
  const answer = await open();
  await choose('#mailbox', given.files);
  await browser.run(`window.texts = new Set();
    new MutationObserver(() => window.texts.add(document.querySelector('#step').textContent.replace(/[0-9].*/, '').trim()))
      .observe(document.querySelector('#step'), { childList: true, characterData: true, subtree: true })`);
  await browser.click('#add');
  await until('!document.querySelector("#done").hidden && !document.querySelector("#sending").hidden');
  await shoot('done');
  return { ...answer, steps: await browser.run('[...window.texts]'), trouble: await browser.text('#trouble') };
}

async function mailbox() {
  const answer = await open();
  const questions = await browser.run('[...document.querySelectorAll("#questions label span")].map(each => each.textContent)');
  return { ...answer, questions };
}

async function answerOne() {
  const before = await open();
  await until('document.querySelector("#questions textarea")');
  await browser.type('#questions textarea', given.text);
  await browser.click('#questions button');
  await until('!document.querySelector("#questions textarea")');
  await shoot('answered');
  return before;
}

async function withdraw() {
  const before = await open();
  await unfold('#mailbox');
  await browser.type('#word', given.word);
  await browser.click('#withdraw');
  await until('document.querySelector("#withdrawing").hidden');
  await shoot('withdrawn');
  return before;
}

// Everything is written and chosen, and the number is on the screen, when somebody comes in.
async function escape() {
  await write();
  const digits = await shownNumber();
  // Time for the browser to write down what it would give back after a crash.
  await sleep(2500);
  if (given.dies) {
    browser.kill();
    return { digits, killed: true };
  }
  for (let times = 0; times < 3; times += 1) await browser.key('Escape', 27);
  await until(`location.origin !== ${JSON.stringify(address)}`);
  await sleep(1500);
  return { digits, left: await browser.run('location.href') };
}

// What the visit left in the browser, and whom it spoke to. A private window may have no caches. To
// ask leaves a mark in the profile: where that is looked at, nobody asks.
async function traces() {
  const kept = await browser.run(`(async () => ({
    history: history.length, address: location.pathname + location.search + location.hash,
    storage: localStorage.length + sessionStorage.length, cookies: document.cookie,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys().catch(() => [])).length }))()`);
  const strangers = browser.requests.filter(each => !each.startsWith(address) && !/^(data|blob):/.test(each));
  return { ...kept, asked: browser.requests.length, strangers, problems: browser.problems };
}

const commands = { send, save, carry, add, mailbox, answer: answerOne, withdraw, escape };
try {
  await visit();
  const answer = await commands[command]();
  if (!answer.killed && !given.profile) Object.assign(answer, { traces: await traces() });
  console.log(JSON.stringify(answer));
} catch (error) {
  console.error(error.message, browser ? browser.problems : '');
  if (browser && given.shots) await shoot('failed').catch(() => {});
  process.exitCode = 1;
} finally {
  if (browser) await browser.close().catch(() => {});
}
