// A visitor without JavaScript, in Chromium: reads, follows the links, and sends a file by the form.
//
//   node Tests/Browser/scriptless.mjs ADDRESS LANGUAGE FILE [SHOTS]
//
// Prints one line of JSON: what each page says, and what the door answered to the file.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Browser } from './page/driver.mjs';

const [address, language, file, shots] = process.argv.slice(2);
const browser = await Browser.open();
let count = 0;

async function read(name) {
  if (shots) {
    mkdirSync(shots, { recursive: true });
    count += 1;
    await browser.shot(join(shots, `${language}-scriptless-${count}-${name}.png`));
  }
  return browser.run('document.body.innerText');
}

async function follow(selector) {
  const loaded = new Promise(done => { browser.loaded = done; });
  await browser.run(`document.querySelector('${selector}').click()`);
  await loaded;
}

try {
  await browser.size(360);
  await browser.send('Emulation.setScriptExecutionDisabled', { value: true });
  await browser.goto(`${address}/${language}/`);
  const home = await read('home');
  const runs = await browser.run('!document.querySelector("#ways").hidden');
  await follow('noscript a');
  const sealed = await read('sealed');
  const wide = await browser.run('document.documentElement.scrollWidth > innerWidth');
  const links = await browser.run('Array.from(document.querySelectorAll("main a"), each => each.getAttribute("href"))');
  await browser.files('input[type=file]', [file]);
  await follow('form button');
  const answer = await read('answer');
  const strangers = browser.requests.filter(each => !each.startsWith(address) && !each.startsWith('data:'));
  console.log(JSON.stringify({ home, runs, sealed, wide, links, answer, strangers, problems: browser.problems }));
} catch (error) {
  console.error(error.message, browser.problems);
  process.exitCode = 1;
} finally {
  await browser.close();
}
