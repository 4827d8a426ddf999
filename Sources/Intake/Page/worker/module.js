// The two wasm modules. The small one holds all that a first text needs; the other is fetched only
// for files, answers and the mailbox. Both are of the same sources.

const utf8 = new TextEncoder();
const codes = {
  '-1': 'other', '-2': 'tooLong', '-3': 'memory', '-4': 'directory', '-5': 'changed', '-6': 'empty',
  '-7': 'tooLarge', '-8': 'digits'
};
let assets = null;
const modules = {};

function failure(code) {
  const error = new Error(code);
  error.code = code;
  return error;
}

// A browser takes at most 64 KiB of randomness at once.
function fillRandom(memory, pointer, count) {
  const bytes = new Uint8Array(memory.buffer, pointer, count);
  for (let start = 0; start < count; start += 65536) {
    crypto.getRandomValues(bytes.subarray(start, Math.min(start + 65536, count)));
  }
}

async function bytesOf(asset) {
  const answer = await reach(function () {
    return exchange(asset.url, {
      integrity: asset.integrity, cache: 'no-store', credentials: 'omit'
    }, patience);
  });
  return answer.bytes;
}

async function instance(name) {
  let exports = null;
  const imports = { env: { random_fill: function (pointer, count) {
    fillRandom(exports.memory, pointer, count);
  } } };
  if (typeof WebAssembly === 'object') {
    exports = (await WebAssembly.instantiate(await bytesOf(assets[name]), imports)).instance.exports;
  } else {
    if (!assets.fallback || !assets.fallback.url) throw failure('unsupported');
    importScripts(assets.fallback.url);
    exports = self.sealModule(imports);
  }
  exports._initialize();
  return exports;
}

// Those that are loaded, or are being loaded: each comes once.
const arriving = {};

// The module of this name, with the directory and the keys that are in use.
function moduleOf(name) {
  if (!arriving[name]) {
    arriving[name] = arrived(name);
    arriving[name].catch(function () { delete arriving[name]; });
  }
  return arriving[name];
}

async function arrived(name) {
  // Without wasm one module does for both.
  const other = modules[name === 'tip' ? 'files' : 'tip'];
  modules[name] = typeof WebAssembly !== 'object' && other ? other : await instance(name);
  setTerms(modules[name]);
  if (keys) call(modules[name], 'page_keys', keys);
  return modules[name];
}

// Calls what a module exports: bytes are lent to it for the call. What it answers below 0 is an
// error; the rest is the caller's.
function call(module, name) {
  const lent = [];
  const values = [];
  for (let at = 2; at < arguments.length; at += 1) {
    const value = arguments[at];
    if (value instanceof Uint8Array) {
      const pointer = module.memory_take(value.length);
      new Uint8Array(module.memory.buffer).set(value, pointer);
      lent.push([pointer, value.length]);
      values.push(pointer, value.length);
    } else {
      values.push(value);
    }
  }
  const code = module[name].apply(null, values);
  lent.forEach(function (each) { module.memory_give(each[0], each[1]); });
  if (code < 0) throw failure(codes[code] || 'other');
  return code;
}

// What the last call gave.
function result(module) {
  const count = module.result_count();
  const pointer = module.memory_take(count);
  module.result_copy(pointer);
  const bytes = new Uint8Array(module.memory.buffer).slice(pointer, pointer + count);
  module.memory_give(pointer, count);
  return bytes;
}

function resultText(module) {
  return new TextDecoder().decode(result(module));
}

function made(module) {
  call.apply(null, arguments);
  return result(module);
}
