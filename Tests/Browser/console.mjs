// A verifier at the desk's console, by keyboard alone: one JSON line in, one out, in order.
//
//   node Tests/Browser/console.mjs <<< '["open", {"axe": "axe.min.js", "shots": "DIR"}]'
//
// Everything that is pressed is reached with the tab key first; what cannot be reached so cannot be
// pressed. Answers {"ok": value} or {"error": text}. Nothing here clicks.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Browser, sleep } from './page/driver.mjs';

let browser = null;
let axe = '';
let shots = '';
// Every page that was looked at, by the name it was given.
let looked = 0;
// Nothing may hang.
setTimeout(() => {
  browser?.kill();
  process.exit(1);
}, 900_000).unref();

const keys = {
  Tab: { code: 9 }, Enter: { code: 13, text: '\r' }, Space: { code: 32, text: ' ', key: ' ' },
  ArrowDown: { code: 40 }, ArrowUp: { code: 38 }, Home: { code: 36 },
};

async function key(name, modifiers = 0) {
  const { code, text, key: value = name } = keys[name];
  const event = { key: value, code: name, windowsVirtualKeyCode: code, modifiers };
  await browser.send('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', ...event, text });
  await browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}

// What has the focus, as a person is told of it.
const focused = () => browser.call(() => {
  const each = document.activeElement;
  if (!each || each === document.body) return null;
  const label = each.labels?.length ? each.labels[0].textContent : each.getAttribute('aria-label') || each.textContent;
  const group = each.closest('fieldset')?.querySelector('legend')?.textContent || '';
  const box = each.getBoundingClientRect();
  return { label: label.trim().replace(/\s+/g, ' '), group: group.trim(), tag: each.tagName, type: each.type || '',
    checked: Boolean(each.checked), value: each.value ?? '', seen: box.width > 0 && box.height > 0,
    outline: getComputedStyle(each).outlineStyle };
});

// Goes on with the tab key until something with this label has the focus, once round at most.
async function reach(label, { group, tags } = {}) {
  const passed = [];
  for (let presses = 0; presses < 1500; presses += 1) {
    await key('Tab');
    const now = await focused();
    if (!now) continue;
    if (passed.length < 60) passed.push(now.label.slice(0, 30));
    const fits = now.label === label || (label.endsWith('*') && now.label.startsWith(label.slice(0, -1)));
    if (fits && (!group || now.group === group) && (!tags || tags.includes(now.tag))) {
      if (!now.seen) throw new Error(`${label} has the focus and cannot be seen`);
      if (now.outline === 'none') throw new Error(`${label} has the focus, and it does not show`);
      return now;
    }
  }
  throw new Error(`the tab key never reaches “${label}”: ${passed.join(' | ')}`);
}

// A field that wants the focus gets it with the first picture of its page, a moment after the page
// came. Whoever is faster than that keeps their own focus, and the browser complains of it.
async function settles() {
  const waits = '!document.querySelector("[autofocus]") || document.activeElement !== document.body';
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(20)) if (await browser.run(waits)) return;
  throw new Error('the field that wants the focus never gets it');
}

// Does something that leads to another page, and waits for it.
async function leads(action) {
  const loaded = new Promise(done => { browser.loaded = done; });
  await action();
  const came = await Promise.race([loaded.then(() => true), sleep(60_000).then(() => false)]);
  if (!came) throw new Error('no page came');
  await settles();
}

const said = {
  async open(given) {
    browser = await Browser.open(given);
    axe = given.axe ? readFileSync(given.axe, 'utf8') : '';
    shots = given.shots || '';
    if (shots) mkdirSync(shots, { recursive: true });
    await said.size(given.width || 1100);
  },
  size: width => browser.send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false }),
  async goto(address) {
    await browser.goto(address);
    await settles();
  },
  async press(label, group) {
    await reach(label, { group, tags: ['A', 'BUTTON'] });
    await leads(() => key('Enter'));
  },
  async unfold(label) {
    await reach(label, { tags: ['SUMMARY'] });
    await key('Enter');
  },
  async fill(label, text) {
    await reach(label, { tags: ['INPUT', 'TEXTAREA'] });
    // Select all, as with Control and A.
    await browser.run('document.activeElement.select(); 0');
    await browser.send('Input.insertText', { text });
  },
  async tick(label, group) {
    const now = await reach(label, { group, tags: ['INPUT'] });
    if (!now.checked) await key('Space');
  },
  // One of several: the tab key comes to the group, the arrows choose.
  async choose(group, label) {
    for (let presses = 0; presses < 1500; presses += 1) {
      await key('Tab');
      const now = await focused();
      if (now?.type === 'radio' && now.group === group) break;
      if (presses === 1499) throw new Error(`the tab key never reaches “${group}”`);
    }
    for (let presses = 0; presses < 30; presses += 1) {
      const now = await focused();
      if (now.label === label) {
        if (!now.checked) await key('Space');
        return;
      }
      await key('ArrowDown');
    }
    throw new Error(`the arrows never reach “${label}” of “${group}”`);
  },
  async select(label, option) {
    await reach(label, { tags: ['SELECT'] });
    await key('Home');
    for (let presses = 0; presses < 30; presses += 1) {
      if (await browser.run('document.activeElement.selectedOptions[0].textContent') === option) return;
      await key('ArrowDown');
    }
    throw new Error(`“${label}” has no “${option}”`);
  },
  // How many elements can be reached, and whether one of them has no name.
  text: () => browser.run('document.body.innerText'),
  title: () => browser.run('document.title'),
  address: () => browser.run('location.href'),
  run: expression => browser.run(expression),
  cookies: async () => (await browser.send('Network.getCookies')).cookies,
  problems: () => browser.problems,
  requests: () => browser.requests,
  looked: () => looked,
  // Looks at the page at desk and phone size, light and dark: nothing wider than the screen, nothing
  // that axe knows better, no script and no style of its own, no picture but a safe copy.
  async look(name) {
    const found = [];
    for (const [width, dark] of [[1100, false], [320, true]]) {
      await said.size(width);
      await browser.dark(dark);
      const wide = await browser.run('document.documentElement.scrollWidth');
      if (wide > width) found.push(`${name} is ${wide} wide at ${width}`);
      if (axe) {
        await browser.run(axe + ';0');
        found.push(...await browser.call(async () => (await window.axe.run(document, { resultTypes: ['violations'] }))
          .violations.map(each => `${each.id}: ${each.nodes.map(node => node.html.slice(0, 160)).join(' ')}`)));
      }
      if (shots) await browser.shot(join(shots, `${name}-${width}.png`));
    }
    found.push(...await browser.call(() => [...document.querySelectorAll('script, style, [style], iframe, object, embed, img')]
      .filter(each => !each.closest('.axe'))
      .filter(each => !(each.matches('img') && /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/case\/[0-9a-f]{64}\/copy\//.test(each.src)))
      .map(each => `there is ${each.outerHTML.slice(0, 80)}`)));
    looked += 1;
    await said.size(1100);
    await browser.dark(false);
    return found;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [action, ...values] = JSON.parse(line);
  try {
    console.log(JSON.stringify({ ok: await said[action](...values) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
await browser?.close();
