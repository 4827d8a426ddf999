// How long the puzzle takes on a slow phone: Chromium with its CPU throttled, the page's own module and
// the worker's own loop (door.js), for the difficulties that a quiet door asks for (PuzzleDesk.swift).
// A throttle does not reach workers, so it runs on a page's main thread. Measures; decides nothing.
//
//   node Tests/Browser/puzzle.mjs TIP.wasm [--throttle 6] [--tries 60]
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bech32 } from './formats.mjs';
import { Browser } from './page/driver.mjs';

const { values: given, positionals: [path] } = parseArgs({ allowPositionals: true, options: {
  throttle: { type: 'string', default: '6' }, tries: { type: 'string', default: '60' } } });
// Bits of a quiet door: a tip, parking, an upload of at most a MiB; an answer; an upload of 8 MiB or
// more. A tip while half of the hour's budget is used.
const asked = [['tip, parking, upload of 1 MiB', 14], ['answer', 16], ['upload of 8 MiB or more', 17],
  ['tip at half load', 16]];
const [vector] = JSON.parse(readFileSync(new URL('../Vectors/xwing/swift-crypto-KEM-test-vectors.json', import.meta.url)));
const recipient = bech32('age1pq', Buffer.from(vector.pk, 'hex'));
const worker = name => readFileSync(new URL(`../../Sources/Intake/Page/worker/${name}.js`, import.meta.url), 'utf8');

// In the page: the module with something made, as the worker has it when it asks for a puzzle.
async function prepare(base64, to) {
  const bytes = Uint8Array.from(atob(base64), each => each.charCodeAt(0));
  const imports = { env: { random_fill: (pointer, count) => fillRandom(exports.memory, pointer, count) } };
  const exports = (await WebAssembly.instantiate(bytes, imports)).instance.exports;
  exports._initialize();
  call(exports, 'page_terms', 1, 1, utf8.encode(to));
  call(exports, 'page_keys_random');
  call(exports, 'page_tip_begin');
  made(exports, 'page_tip');
  window.tip = exports;
}

// In the page: the milliseconds of one puzzle, by the loop of `solved`.
async function solve(challenge) {
  const began = performance.now();
  fetched = async () => utf8.encode(challenge + '\n');
  await solved(window.tip, 'tip');
  return performance.now() - began;
}

// A challenge of the door's form; only the door could tell that it is not its own.
const challengeOf = bits => Buffer.concat(
  [Buffer.alloc(4), randomBytes(16), Buffer.from([bits]), randomBytes(32)]).toString('hex');

const browser = await Browser.open();
try {
  await browser.run(`${worker('module')};${worker('door')};0`);
  await browser.call(prepare, readFileSync(path).toString('base64'), recipient);
  await browser.send('Emulation.setCPUThrottlingRate', { rate: Number(given.throttle) });
  for (const [what, bits] of asked) {
    const times = [];
    const tries = Math.max(10, Math.round(given.tries / 2 ** Math.max(0, bits - 16)));
    for (let at = 0; at < tries; at += 1) times.push(await browser.call(solve, challengeOf(bits)));
    times.sort((one, other) => one - other);
    const mean = times.reduce((sum, each) => sum + each, 0) / tries;
    const rate = 2 ** bits / mean;
    const late = times[Math.ceil(tries * 0.95) - 1];
    console.log(`${what} (${bits} bits): mean ${(mean / 1000).toFixed(2)} s, P95 ${(late / 1000).toFixed(2)} s`
      + ` of ${tries}; about ${rate.toFixed(0)} thousand hashes a second, so P95 ${(3 * 2 ** bits / rate / 1000).toFixed(2)} s expected`);
  }
} finally {
  await browser.close();
}
