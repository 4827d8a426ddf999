// A module of the page, loaded as the page's worker loads it.
import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';

const encoder = new TextEncoder();

export class Module {
  static async load(path) {
    const module = new Module();
    const { instance } = await WebAssembly.instantiate(readFileSync(path), {
      env: { random_fill: (pointer, count) => randomFillSync(module.bytes(pointer, count)) },
    });
    module.exports = instance.exports;
    module.exports._initialize();
    return module;
  }

  // A view of the module's memory: good until the next call.
  bytes(pointer, count) { return new Uint8Array(this.exports.memory.buffer, pointer, count); }

  get memoryBytes() { return this.exports.memory.buffer.byteLength; }

  // Calls a function; texts and bytes among the arguments become a pointer and a count.
  call(name, ...values) {
    const lent = [];
    const parameters = [];
    for (const value of values) {
      if (typeof value === 'number') { parameters.push(value); continue; }
      const bytes = typeof value === 'string' ? encoder.encode(value) : value;
      const pointer = this.exports.memory_take(bytes.length);
      lent.push([pointer, bytes.length]);
      parameters.push(pointer, bytes.length);
      this.bytes(pointer, bytes.length).set(bytes);
    }
    try {
      return this.exports[name](...parameters);
    } finally {
      for (const [pointer, count] of lent) { this.exports.memory_give(pointer, count); }
    }
  }

  // What the last call gave.
  result() {
    const count = this.exports.result_count();
    const pointer = this.exports.memory_take(count);
    this.exports.result_copy(pointer);
    const bytes = Buffer.from(this.bytes(pointer, count));
    this.exports.memory_give(pointer, count);
    return bytes;
  }

  // Calls a function that must succeed, and gives its result.
  get(name, ...values) {
    const code = this.call(name, ...values);
    if (code !== 1) { throw new Error(`${name}: ${code}`); }
    return this.result();
  }
}
