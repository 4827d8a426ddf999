// The formats that the page's modules read and write, once more and independently: just enough to
// make their input and to look into their output.
import { createHash, createPublicKey, sign, verify } from 'node:crypto';

export const sha256 = (...pieces) => {
  const hash = createHash('sha256');
  for (const piece of pieces) { hash.update(piece); }
  return hash.digest();
};

// Bech32 of BIP 173 without its limit.
export function bech32(prefix, data) {
  const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
  const lower = prefix.toLowerCase();
  const values = [];
  let buffer = 0;
  let bits = 0;
  for (const byte of data) {
    buffer = buffer << 8 | byte;
    for (bits += 8; bits >= 5;) { values.push(buffer >> (bits -= 5) & 31); }
    buffer &= (1 << bits) - 1;
  }
  if (bits) { values.push(buffer << (5 - bits) & 31); }
  const expanded = [...[...lower].map((c) => c.charCodeAt(0) >> 5), 0,
    ...[...lower].map((c) => c.charCodeAt(0) & 31)];
  const polymod = (all) => all.reduce((state, value) => {
    const top = state >>> 25;
    let next = (state & 0x1ffffff) << 5 ^ value;
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((generator, index) => {
      if (top >> index & 1) { next ^= generator; }
    });
    return next;
  }, 1);
  const sum = polymod([...expanded, ...values, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = [25, 20, 15, 10, 5, 0].map((shift) => sum >>> shift & 31);
  const text = `${lower}1${[...values, ...check].map((value) => alphabet[value]).join('')}`;
  return prefix === lower ? text : text.toUpperCase();
}

// The CBOR of our formats: unsigned integers, bytes, texts, arrays, null.
export function readCBOR(bytes) {
  let position = 0;
  const read = () => {
    const first = bytes[position++];
    if (first === 0xf6) { return null; }
    const width = (first & 31) < 24 ? 0 : 1 << ((first & 31) - 24);
    const argument = width ? Number(`0x${bytes.subarray(position, position += width)
      .toString('hex')}`) : first & 31;
    switch (first >> 5) {
      case 0: return argument;
      case 2: return bytes.subarray(position, position += argument);
      case 3: return bytes.subarray(position, position += argument).toString();
      case 4: return Array.from({ length: argument }, read);
      default: throw new Error(`CBOR: ${first}`);
    }
  };
  return { value: read(), end: position };
}

function wide(count) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(count));
  return bytes;
}

export function writeCBOR(value) {
  const head = (major, count) => (count < 24 ? Buffer.from([major << 5 | count])
    : count < 256 ? Buffer.from([major << 5 | 24, count])
      : count < 65536 ? Buffer.from([major << 5 | 25, count >> 8, count & 255])
        : count < 2 ** 32 ? Buffer.concat([Buffer.from([major << 5 | 26]), wide(count).subarray(4)])
          : Buffer.concat([Buffer.from([major << 5 | 27]), wide(count)]));
  if (typeof value === 'number') { return head(0, value); }
  if (typeof value === 'string') {
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  }
  if (Array.isArray(value)) {
    return Buffer.concat([head(4, value.length), ...value.map(writeCBOR)]);
  }
  return Buffer.concat([head(2, value.length), value]);
}

export const rawKey = (key) => key.export({ format: 'der', type: 'spki' }).subarray(-32);

// The key that signs notes, as C2SP signed-note writes it.
export class NoteKey {
  constructor(name, { privateKey, publicKey }) {
    this.name = name;
    this.privateKey = privateKey;
    this.typed = Buffer.concat([Buffer.from([1]), rawKey(publicKey)]);
    this.id = sha256(name, '\n', this.typed).subarray(0, 4);
  }

  get vkey() {
    return `${this.name}+${this.id.toString('hex')}+${this.typed.toString('base64')}`;
  }

  line(text) {
    const signed = Buffer.concat([this.id, sign(null, Buffer.from(text), this.privateKey)]);
    return `— ${this.name} ${signed.toString('base64')}\n`;
  }
}

// A frame taken apart: envelope, signature, parts; throws when its lengths do not add up.
export function readFrame(frame) {
  const label = 'sallyport.frame/1\n';
  if (frame.subarray(0, label.length).toString() !== label) { throw new Error('no frame'); }
  const start = label.length + 2;
  const end = start + frame.readUInt16BE(label.length);
  const envelope = frame.subarray(start, end);
  const [format, kind, epoch, tipKey, parts] = readCBOR(envelope).value;
  const signature = frame.subarray(end, end + 64);
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), tipKey]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  let position = end + 64;
  const read = parts.map(([payloadDigest, payloadLength, headerDigest, headerLength]) => {
    const header = frame.subarray(position, position += headerLength);
    const payload = frame.subarray(position, position += payloadLength);
    return { header, payload,
      isWhole: sha256(header).equals(headerDigest) && sha256(payload).equals(payloadDigest) };
  });
  return { format, kind, epoch, tipKey, parts: read, envelope, key,
    isWhole: position === frame.length && read.every((part) => part.isWhole),
    isSigned: verify(null, envelope, key, signature) };
}
