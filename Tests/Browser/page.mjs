// Drives the two modules that the reporter's page seals with, and opens what they sealed with the
// module of the tests.
//
//   node Tests/Browser/page.mjs TIP.wasm FILES.wasm TESTKIT.wasm [GIBIBYTES]
//
// With GIBIBYTES also a file of so many, through both passes.
import { createCipheriv, createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Module } from './module.mjs';
import { NoteKey, bech32, rawKey, readCBOR, readFrame, sha256, writeCBOR } from './formats.mjs';

const [tipPath, filesPath, testkitPath, gibibytes] = process.argv.slice(2);
let passed = 0;
let failed = 0;
function check(holds, what) {
  if (holds) { passed += 1; } else { failed += 1; console.error(`failed: ${what}`); }
}

// The desk: a recipient whose identity is known, a key that signs messages, a root that signs both.
const [vector] = JSON.parse(readFileSync(
  new URL('../Vectors/xwing/swift-crypto-KEM-test-vectors.json', import.meta.url)));
const recipient = bech32('age1pq', Buffer.from(vector.pk, 'hex'));
const identity = bech32('AGE-SECRET-KEY-PQ-', Buffer.from(vector.seed, 'hex'));
const desk = generateKeyPairSync('ed25519');
const deskKey = rawKey(desk.publicKey);
const root = new NoteKey('directory.example', generateKeyPairSync('ed25519'));
const stranger = new NoteKey('witness.example', generateKeyPairSync('ed25519'));
const json = JSON.stringify({ version: 7, issued: '2026-11-01', expires: '2027-02-01',
  desk: { key: `ed25519:${deskKey.toString('base64')}`,
    epochs: [{ epoch: 2, recipients: [recipient], opens: '2026-11-01', closes: '2027-02-01',
      dead: false }] }, offices: [], revoked: [] });
const text = `sallyport-directory/1\n${json}\n`;
const note = `${text}\n${stranger.line(text)}${root.line(text)}`;

const testkit = await Module.load(testkitPath);
// The plaintext of a sealed part; null unless it opens.
function open({ header, payload }) {
  const code = testkit.call('container_open', Buffer.concat([header, payload]), identity, 0, 65536);
  return code === 0 ? testkit.result() : null;
}

// What is in a frame: the manifest, and each part's plaintext by its class.
function look(frame) {
  const opened = readFrame(frame);
  const plaintexts = opened.parts.map(open);
  const isManifest = (bytes) => bytes?.subarray(2, 22).toString() === 'sallyport.manifest/1';
  const manifest = readCBOR(plaintexts.find(isManifest)).value;
  const texts = new Map(manifest[6].map(([partClass, payload, plaintext, name]) => {
    const index = opened.parts.findIndex((part) => sha256(part.payload).equals(payload));
    check(sha256(plaintexts[index]).equals(plaintext), `the digest of class ${partClass}`);
    return [partClass, { bytes: plaintexts[index], name }];
  }));
  return { ...opened, manifest, texts };
}

// Whether a plaintext is a text, then spaces.
function isPadded(bytes, text) {
  const length = Buffer.byteLength(text);
  return bytes.equals(Buffer.concat([Buffer.from(text), Buffer.alloc(bytes.length - length, ' ')]));
}

// A module that knows the terms and has keys; the keys it made, if none are given.
async function begin(path, keys) {
  const module = await Module.load(path);
  module.get('page_directory', note, root.vkey);
  check(module.call('page_terms', 2, 7, recipient) === 1, 'the recipient is taken');
  if (keys) { module.call('page_keys', keys); return { module, keys }; }
  return { module, keys: module.get('page_keys_random').subarray(3) };
}

function directory(module) {
  check(module.get('page_directory', note, root.vkey).toString() === `${json}\n`,
    'the directory is what was signed');
  for (const [what, changed] of [['changed text', note.replace('"version":7', '"version":8')],
    ['no signature of the root', `${text}\n${stranger.line(text)}`],
    ['a wrong one beside a right one', `${note}${root.line(`${text}x`)}`],
    ['no blank line', note.replace('\n\n', '\n')], ['cut off', note.slice(0, -1)],
    ['another format', `other/1\n${json}\n\n${root.line(`other/1\n${json}\n`)}`]]) {
    check(module.call('page_directory', changed, root.vkey) === -4, `refused: ${what}`);
  }
  const other = root.vkey.replace(/\+[0-9a-f]{8}/, '+00000000');
  check(module.call('page_directory', note, other) === -4, 'a vkey with another key ID');
  check(module.get('page_fingerprint', recipient).toString() === sha256(recipient).toString('hex'),
    'a fingerprint');
  const typo = `${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`;
  check(module.call('page_terms', 2, 7, typo) === -4, 'a recipient with a typo is refused');
  check(module.call('page_terms', 2, 7, bech32('age', randomBytes(32))) === -4,
    'a recipient that is not post-quantum is refused');
  check(module.call('page_terms', 2, 7, bech32('age1pq', Buffer.alloc(1216, 0xff))) === -4,
    'a key that nothing can be sealed to is refused');
}

function receipts(tip, files) {
  const digits = tip.get('page_receipt_new').toString();
  check(/^(\d{4} ){4}\d{4}$/.test(digits), 'a receipt is twenty digits');
  check(digits !== tip.get('page_receipt_new').toString(), 'the next one is another');
  const made = tip.get('page_receipt_keys', digits);
  check(made.length === 99 && made.subarray(0, 3).every((place) => place < 32), 'pictures, keys');
  check(made.equals(files.get('page_receipt_keys', digits.replace(/ /g, '-'))),
    'the same keys in both modules');
  check(made.equals(files.get('page_keys', made.subarray(3))), 'keys pass from one to the other');
  for (const wrong of ['', '123', `${digits}1`, `${digits.slice(1)}x`]) {
    check(tip.call('page_receipt_keys', wrong) === -8, `no receipt: ${wrong}`);
  }
}

function compose(module, report) {
  module.call('page_tip_begin');
  const parts = { 1: { danger: ['ransom'], deadline: '2026-12-01' }, 2: { narrative: report },
    7: { account: 'a "quoted"\nline' } };
  for (const [partClass, content] of Object.entries(parts)) {
    check(module.call('page_tip_part', Number(partClass), JSON.stringify(content)) === 1, 'a part');
  }
  check(module.call('page_tip_share', 'office-a', 1 << 2 | 1 << 8) === 1, 'a consent');
  check(module.call('page_tip_never', 'office-c') === 1, 'a never');
  check(module.call('page_tip_word', ' 麦子 ') === 1, 'a word');
  module.call('page_tip_wish', 1);
  return parts;
}

function tips(module) {
  const report = '母亲 '.repeat(500);
  const parts = compose(module, report);
  const frame = module.get('page_tip');
  const opened = look(frame);
  check(opened.format === 'sallyport.envelope/1' && opened.kind === 0 && opened.epoch === 2,
    'the envelope of a tip');
  check(opened.isSigned && opened.isWhole, 'the frame is whole and signed');
  check(opened.texts.size === 7 && opened.parts.length === 8, 'seven texts and a manifest');
  for (let partClass = 1; partClass <= 7; partClass += 1) {
    const { bytes } = opened.texts.get(partClass);
    const written = JSON.stringify(parts[partClass] ?? {});
    check(isPadded(bytes, written) && bytes.length >= 1024,
      `class ${partClass} is its text and spaces`);
  }
  const [format, epoch, tipKey, , sequence, first, , consents, never, lock, wishes] =
    opened.manifest;
  check(format === 'sallyport.manifest/1' && epoch === 2 && sequence === 0 && first === null
    && tipKey.equals(opened.tipKey) && wishes === 1, 'the manifest of a tip');
  check(JSON.stringify(never) === '["office-c"]' && lock[1] === 15, 'never and the lock');
  const [leaf, signature] = consents[0];
  const [label, leafKey, office, classes, version] = readCBOR(leaf).value;
  check(consents.length === 1 && label === 'sallyport.consent/1' && leafKey.equals(tipKey)
    && office === 'office-a' && `${classes}` === '2,8' && version === 7
    && verify(null, leaf, opened.key, signature), 'the consent');
  const again = module.get('page_tip');
  check(!again.equals(frame) && again.length === frame.length, 'the same tip, other bytes');
  puzzle(module, readFrame(again).envelope);
}

function refusals(module) {
  compose(module, 'x');
  for (const [what, code] of [
    ['an unknown class', module.call('page_tip_part', 8, '{}')],
    ['an office that is named', module.call('page_tip_share', 'office-a', 4)],
    ['one both shared and never', module.call('page_tip_never', 'office-a')],
    ['no class', module.call('page_tip_share', 'office-d', 0)],
    ['the manifest', module.call('page_tip_share', 'office-d', 1)],
    ['a withdrawal', module.call('page_tip_share', 'office-d', 1 << 10)],
    ['no name', module.call('page_tip_never', 'Office')],
    ['a word of spaces', module.call('page_tip_word', '  ')],
  ]) { check(code === -1, `refused: ${what}`); }
  check(module.call('page_tip_part', 2, 'x'.repeat(65537)) === -2, 'a part too long');
  module.call('page_tip_part', 2, 'x'.repeat(60000));
  check(module.call('page_tip') === -2, 'a tip too long');
}

function puzzle(module, bound) {
  const challenge = Buffer.concat([Buffer.alloc(4), randomBytes(16), Buffer.from([12]),
    randomBytes(32)]);
  check(module.call('page_puzzle', challenge.toString('hex')) === 1, 'a challenge is taken');
  let code = 0;
  while (code === 0) { code = module.call('page_puzzle_run', 100); }
  const [first, count] = module.result().toString().split('.');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(count));
  check(code === 1 && first === challenge.toString('hex') && String(BigInt(count)) === count
    && sha256(challenge, sha256(bound), counter).readUInt16BE() >> 4 === 0, 'a puzzle is solved');
  check(module.call('page_puzzle', 'zz'.repeat(53)) === -1, 'no challenge');
}

const mebibyte = 1 << 20;
const chunk = (file, index) => file.subarray(index * mebibyte, (index + 1) * mebibyte);

function survey(module, file) {
  check(module.call('page_survey', file.length) === 1, 'a first pass');
  for (let index = 0; index * mebibyte < file.length; index += 1) {
    check(module.call('page_survey_add', chunk(file, index)) === 1, 'a mebibyte');
  }
  return module.get('page_survey_end').toString();
}

// The frame of the plan over `file`; a number when the module refused.
function frame(module, file) {
  const pieces = [];
  if (module.call('page_frame') !== 1) { throw new Error('no plan'); }
  while (true) {
    const index = module.call('page_frame_needs');
    const code = module.call('page_frame_next', index < 0 ? Buffer.alloc(0) : chunk(file, index));
    if (code === 0) { return Buffer.concat(pieces); }
    if (code < 0) { return code; }
    pieces.push(module.result());
  }
}

async function evidence() {
  const { module, keys } = await begin(filesPath);
  const file = randomBytes(3 * mebibyte + 5);
  const address = survey(module, file);
  check(module.call('page_parked_open', randomBytes(8192)) === 0, 'nothing is parked yet');
  check(module.call('page_plan', 'x'.repeat(256), 1.79e9, 0) === -1, 'a name too long');
  check(module.call('page_plan', '护照.jpg', 1.79e9, 0) === 1, 'a plan');
  const head = module.get('page_plan_head');
  const length = module.call('page_plan_length');
  const body = module.get('page_park', 'token-1');
  check(verify(null, Buffer.concat([Buffer.from('sallyport.park/1'), Buffer.from(address, 'hex'),
    body.subarray(96)]), readFrame(frame(module, file)).key, body.subarray(32, 96)),
  'the wish to park is signed');
  puzzle(module, body);
  const sealed = frame(module, file);
  check(sealed.length === length && sealed.subarray(0, head.length).equals(head),
    'the frame has the announced length and head');
  const opened = look(sealed);
  check(opened.isWhole && opened.isSigned && opened.kind === 1, 'it is whole and signed');
  const { bytes, name } = opened.texts.get(8);
  check(name === '护照.jpg' && bytes.subarray(0, 9).toString() === 'evidence\0'
    && bytes.subarray(512, 512 + file.length).equals(file), 'the original is in it');
  const changed = Buffer.from(file);
  changed[2 * mebibyte] ^= 1;
  check(frame(module, changed) === -5, 'a changed mebibyte is refused');

  const { module: fresh } = await begin(filesPath, keys);
  check(survey(fresh, file) === address, 'the same file is parked at the same place');
  check(fresh.get('page_parked_open', body.subarray(96)).toString() === 'token-1', 'it opens');
  check(frame(fresh, file).equals(sealed), 'the frame is the same, byte for byte');
  survey(fresh, changed);
  check(fresh.call('page_parked_open', body.subarray(96)) === 0, 'not with another file');
  for (const [size, code] of [[0, -6], [2 ** 33 - 1, 1], [2 ** 33, -7], [2 ** 60, -7], [NaN, -6]]) {
    check(fresh.call('page_survey', size) === code, `a file of ${size} bytes`);
  }
}

async function memory() {
  const { module } = await begin(filesPath);
  const file = randomBytes(24 * mebibyte);
  survey(module, file);
  module.call('page_plan', '', 1.79e9, 0);
  module.call('page_frame');
  let before = 0;
  for (let code = 1; code === 1;) {
    const index = module.call('page_frame_needs');
    code = module.call('page_frame_next', index < 0 ? Buffer.alloc(0) : chunk(file, index));
    if (index === 4) { before = module.memoryBytes; }
  }
  check(before < 16 * mebibyte && module.memoryBytes === before, `memory: ${module.memoryBytes}`);
}

// What the door answers, and the address it is at.
function slot(mailboxKey, address, message, key) {
  const signed = writeCBOR(message);
  const inside = Buffer.alloc(2020);
  writeCBOR(['sallyport.slot/1', address, message[2], message[3], signed,
    sign(null, signed, key)]).copy(inside);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('chacha20-poly1305', mailboxKey, nonce, { authTagLength: 16 });
  return Buffer.concat([nonce, cipher.update(inside), cipher.final(), cipher.getAuthTag()]);
}

async function mailbox() {
  const { module, keys } = await begin(filesPath);
  const address = Buffer.from(module.get('page_mailbox_address').toString(), 'hex');
  const message = ['sallyport.message/1', address, 3, '2026-11-26', 2, 1, 0,
    [['q1', '几楼？\u001f', 'zh-Hans'], ['q2', 'When?', '']]];
  const key = keys.subarray(32, 64);
  const read = (bytes) => module.call('page_mailbox_open', bytes, deskKey);
  check(read(slot(key, address, message, desk.privateKey)) === 1
    && module.result().toString().split('\u001f').join('|')
      === '2|2026-11-26|1|0|q1|几楼？ |zh-Hans|q2|When?|', 'a message');
  for (const [what, bytes] of [['chance', randomBytes(2048)], ['no slot', randomBytes(5)],
    ['another key', slot(randomBytes(32), address, message, desk.privateKey)],
    ['another signer', slot(key, address, message, root.privateKey)],
    ['another mailbox', slot(key, randomBytes(32), message, desk.privateKey)],
    ['no day', slot(key, address, message.with(3, '2026-13-01'), desk.privateKey)]]) {
    check(read(bytes) === 0, `nothing in the mailbox: ${what}`);
  }
}

async function supplements() {
  const { module } = await begin(filesPath);
  const content = JSON.stringify({ question: 'q1', text: '三楼' });
  const answer = look(module.get('page_supplement', 0, content, 1.79e9, 0));
  check(answer.kind === 1 && answer.isSigned && answer.isWhole, 'the frame of an answer');
  check(isPadded(answer.texts.get(9).bytes, content), 'the answer is in it');
  check(answer.manifest[4] === Math.floor(1.79e9 / 3600) * 256 + 1, 'its number');
  const withdrawal = look(module.get('page_supplement', 1, '{"codeWord":"麦子"}', 1.79e9, 4));
  check(withdrawal.texts.has(10) && withdrawal.manifest[4] > answer.manifest[4], 'a withdrawal');
  check(module.call('page_supplement', 0, 'x'.repeat(65537), 0, 0) === -2, 'an answer too long');
}

// A head that says that its parts are this long; nobody signed it.
function claimed(kind, lengths) {
  const parts = lengths.map((length) => [randomBytes(32), length, randomBytes(32), 200]);
  const envelope = writeCBOR(['sallyport.envelope/1', kind, 2, randomBytes(32), parts]);
  const count = Buffer.alloc(2);
  count.writeUInt16BE(envelope.length);
  return Buffer.concat([Buffer.from('sallyport.frame/1\n'), count, envelope, randomBytes(64)]);
}

async function carried() {
  const { module: owner } = await begin(filesPath);
  compose(owner, 'x');
  const tip = owner.get('page_tip');
  const answer = owner.get('page_supplement', 0, '{"text":"三楼"}', 1.79e9, 0);
  // A courier's module knows no terms and no keys.
  const module = await Module.load(filesPath);
  for (const [kind, frame] of [[0, tip], [1, answer]]) {
    const { envelope } = readFrame(frame);
    const head = 20 + envelope.length + 64;
    for (let count = 0; count < head; count += 61) {
      check(module.call('page_frame_head', frame.subarray(0, count)) === 0, `${count} bytes: more`);
    }
    for (const prefix of [frame.subarray(0, head), Buffer.concat([frame, frame])]) {
      check(module.get('page_frame_head', prefix).toString() === `${kind} ${head} ${frame.length}`,
        `the head of a frame of kind ${kind}`);
    }
    puzzle(module, envelope);
  }
  // A plaintext of a gibibyte, sealed; eight of them are more than 32 bits can count.
  const gibibyte = 2 ** 30 + 2 ** 14 * 16 + 16;
  check(module.get('page_frame_head', claimed(1, [gibibyte, 1024 + 32])).toString()
    .endsWith(` ${claimed(1, [0, 0]).length + 4 + 2 + gibibyte + 1024 + 32 + 400}`), 'a large frame');
  check(module.get('page_frame_head', claimed(1, Array(8).fill(gibibyte))).toString()
    .endsWith(` ${claimed(1, Array(8).fill(0)).length + 8 * (4 + gibibyte + 200)}`), 'a larger one');
  for (const [what, bytes, code] of [['no frame', randomBytes(99), -1],
    ['a photo', Buffer.from('ffd8ffe000104a464946', 'hex'), -1],
    ['an envelope too long', Buffer.from('sallyport.frame/1\n\xff\xff', 'latin1'), -1],
    ['a wrong envelope', Buffer.concat([tip.subarray(0, 20), Buffer.alloc(9000)]), -1],
    ['a tip of gibibytes', claimed(0, Array(8).fill(gibibyte)), -1],
    ['a part larger than any', claimed(1, [2 ** 34, 1056]), -1]]) {
    check(module.call('page_frame_head', bytes) === code, `refused: ${what}`);
  }
}

// A file of more bytes than 32 bits can count, every mebibyte of it another: what comes out has the
// length and the digest that went out before it. Memory stays what it was.
async function large(gibibytes) {
  const { module } = await begin(filesPath);
  const size = gibibytes * 2 ** 30 + 5;
  const one = randomBytes(mebibyte);
  const piece = index => {
    one.writeUInt32BE(index);
    return one.subarray(0, Math.min(mebibyte, size - index * mebibyte));
  };
  check(module.call('page_survey', size) === 1, `a file of ${size} bytes`);
  for (let index = 0; index * mebibyte < size; index += 1) module.call('page_survey_add', piece(index));
  module.get('page_survey_end');
  check(module.call('page_plan', 'a', 1.79e9, 0) === 1, 'a plan');
  const head = module.get('page_plan_head');
  check(module.get('page_frame_head', head).toString().endsWith(` ${module.call('page_plan_length')}`),
    'the head says how long the frame is');
  const parts = readCBOR(head.subarray(20, head.length - 64)).value[4]
    .map(([digest, length, , header]) => ({ digest, length, header }));
  const evidence = parts.find(part => part.length > size);
  const before = head.length + (parts[0] === evidence ? 0 : parts[0].header + parts[0].length) + evidence.header;
  const digest = createHash('sha256');
  let at = 0;
  module.call('page_frame');
  for (let code = 1; code === 1;) {
    const index = module.call('page_frame_needs');
    code = module.call('page_frame_next', index < 0 ? Buffer.alloc(0) : piece(index));
    if (code !== 1) continue;
    const bytes = module.result();
    digest.update(bytes.subarray(Math.min(bytes.length, Math.max(0, before - at)),
      Math.max(0, before + evidence.length - at)));
    at += bytes.length;
  }
  check(at === module.call('page_plan_length'), `the frame has ${at} bytes`);
  check(digest.digest().equals(evidence.digest), 'the payload is the one that was signed');
  check(module.memoryBytes < 16 * mebibyte, `memory: ${module.memoryBytes}`);
}

const { module: tip } = await begin(tipPath);
const { module: files } = await begin(filesPath);
for (const module of [tip, files]) {
  directory(module);
  tips(module);
  refusals(module);
}
receipts(tip, files);
await evidence();
await memory();
await mailbox();
await supplements();
await carried();
if (gibibytes) await large(Number(gibibytes));
console.log(`page: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
