// A visit that is led from outside, step by step: one JSON line in, one out, in order.
//
//   node Tests/Browser/visit.mjs [--browser firefox [--seconds 900]] <<< '["goto", "http://127.0.0.1:8080/en/"]'
//
// The first line opens the browser: ["open", {options, hidden, wasm, profile}]. Each further one is
// what the hands of page/hands.mjs do, with what they need. Answers {"ok": value} or {"error": text}.
import { createInterface } from 'node:readline';
import { Browser } from './page/driver.mjs';
import { Firefox } from './page/firefox.mjs';

const Kind = process.argv[3] === 'firefox' ? Firefox : Browser;
let browser = null;
// Nothing may hang: after so many seconds a visit ends.
setTimeout(() => {
  browser?.kill();
  process.exit(1);
}, 1000 * Number(process.argv[5] || 900)).unref();

const said = {
  async open(given) {
    browser = await Kind.open(given);
    await browser.size(360);
  },
  problems: () => browser.problems,
};

for await (const line of createInterface({ input: process.stdin })) {
  const [action, ...values] = JSON.parse(line);
  try {
    const value = said[action] ? await said[action](...values) : await browser[action](...values);
    console.log(JSON.stringify({ ok: ['run', 'text', 'problems'].includes(action) ? value ?? null : null }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
await browser?.close();
