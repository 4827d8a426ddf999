// Runs the public age vectors through the wasm module, and seals with it for stock age to open.
//
//   node Tests/Browser/testkit.mjs MODULE.wasm
import { execFileSync } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';

const outcomes = ['success', 'no match', 'HMAC failure', 'header failure', 'payload failure',
  'armor failure'];
const vectors = new URL('../Vectors/age-testkit/', import.meta.url);
const encoder = new TextEncoder();

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {
  env: {
    random_fill: (pointer, count) => {
      const memory = new Uint8Array(wasm.memory.buffer, pointer, count);
      for (let start = 0; start < count; start += 65536) {
        randomFillSync(memory.subarray(start, Math.min(start + 65536, count)));
      }
    },
  },
});
const wasm = instance.exports;
wasm._initialize();

// Puts bytes into the module's memory while `body` runs.
function lend(bytes, body) {
  const pointer = wasm.memory_take(bytes.length);
  new Uint8Array(wasm.memory.buffer).set(bytes, pointer);
  try { return body(pointer, bytes.length); } finally { wasm.memory_give(pointer); }
}

function result() {
  const count = wasm.result_count();
  const pointer = wasm.memory_take(count);
  wasm.result_copy(pointer);
  const bytes = new Uint8Array(wasm.memory.buffer).slice(pointer, pointer + count);
  wasm.memory_give(pointer);
  return bytes;
}

function open(file, secret, isArmored, pieceBytes) {
  const code = lend(file, (f, fileCount) => lend(secret, (s, secretCount) =>
    wasm.container_open(f, fileCount, s, secretCount, isArmored ? 1 : 0, pieceBytes)));
  return { outcome: outcomes[code], released: result() };
}

function read(name) {
  const bytes = readFileSync(new URL(name, vectors));
  const end = bytes.indexOf('\n\n');
  const fields = bytes.subarray(0, end).toString().split('\n').map((line) => line.split(': '));
  const values = (key) => fields.filter(([name]) => name === key).map(([, value]) => value);
  const body = bytes.subarray(end + 2);
  const passphrases = values('passphrase');
  return {
    name, expect: values('expect')[0], digest: values('payload')[0],
    secret: encoder.encode(passphrases.length ? passphrases[0] : values('identity').join('\n')),
    isArmored: values('armored').length > 0,
    file: values('compressed').length ? inflateSync(body) : body,
  };
}

let passed = 0;
let failed = 0;
function check(holds, what) {
  if (holds) { passed += 1; } else { failed += 1; console.error(`failed: ${what}`); }
}

for (const name of readdirSync(vectors).sort()) {
  const vector = read(name);
  const pieces = vector.file.length < 200000 ? [vector.file.length, 7] : [70001];
  for (const pieceBytes of pieces) {
    const opened = open(vector.file, vector.secret, vector.isArmored, Math.max(pieceBytes, 1));
    const digest = createHash('sha256').update(opened.released).digest('hex');
    check(opened.outcome === vector.expect, `${name}: ${opened.outcome}, not ${vector.expect}`);
    check(vector.digest === undefined ? opened.released.length === 0 : digest === vector.digest,
      `${name}: other bytes were released`);
  }
}

// Sealed in wasm, opened by stock age: every edge of a chunk.
const folder = mkdtempSync(join(tmpdir(), 'sallyport-wasm-'));
try {
  const x25519 = read('x25519');
  writeFileSync(join(folder, 'key'), x25519.secret);
  const recipient = execFileSync('age-keygen', ['-y', join(folder, 'key')]);
  for (const length of [1, 65535, 65536, 65537, 1234567]) {
    const plaintext = randomFillSync(new Uint8Array(length));
    const sealed = lend(plaintext, (p, count) => lend(recipient.subarray(0, 62), (r, n) =>
      wasm.container_seal(p, count, r, n)));
    writeFileSync(join(folder, 'sealed'), result());
    const opened = execFileSync('age', ['-d', '-i', join(folder, 'key'), join(folder, 'sealed')],
      { maxBuffer: 1 << 24 });
    check(sealed === 1 && opened.equals(plaintext), `${length} bytes sealed in wasm`);
  }
  const typo = Buffer.from(recipient.subarray(0, 62));
  typo[20] = typo[20] === 0x71 ? 0x70 : 0x71;
  check(lend(typo, (r, n) => lend(typo, (p, count) => wasm.container_seal(p, count, r, n))) === 0,
    'a recipient with a typo is refused');
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`wasm: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
