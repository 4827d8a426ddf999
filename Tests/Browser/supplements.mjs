// Seals many supplements with the page's own module, for the tips of the numbers given.
//
//   node Tests/Browser/supplements.mjs FILES.wasm DIRECTORY.note COUNT add|withdraw OUT DIGITS...
//
// OUT gets COUNT frames, each after its length in four bytes; the numbers take turns.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Module } from './module.mjs';

const [path, note, count, kind, out, ...numbers] = process.argv.slice(2);
const directory = JSON.parse(readFileSync(note, 'utf8').split('\n')[1]);
const epoch = directory.desk.epochs.find(each => !each.dead);
const content = JSON.stringify(kind === 'withdraw' ? { codeWord: 'plum', reason: '' }
  : { question: '', text: 'One more thing.' });

async function moduleFor(digits) {
  const module = await Module.load(path);
  module.get('page_terms', epoch.epoch, directory.version, epoch.recipients[0]);
  module.get('page_receipt_keys', digits);
  return module;
}

const modules = await Promise.all(numbers.map(moduleFor));
const file = openSync(out, 'w');
for (let at = 0; at < Number(count); at += 1) {
  const frame = modules[at % modules.length].get('page_supplement', kind === 'withdraw' ? 1 : 0, content,
    Date.now() / 1000, at + 1);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(frame.length);
  writeSync(file, length);
  writeSync(file, frame);
}
closeSync(file);
