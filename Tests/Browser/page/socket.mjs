// A WebSocket of a few lines (RFC 6455), for a browser on this machine; nothing to install.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

const textFrame = 1;
const closeFrame = 8;
const ping = 9;

// Opens one, and gives every text that arrives to `hear`.
export async function openSocket(address, hear) {
  const url = new URL(address);
  const stream = await new Promise((accept, refuse) => {
    const asked = request({ host: url.hostname, port: url.port, path: url.pathname, headers: {
      Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': 13,
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    } });
    asked.on('upgrade', (_, socket, head) => {
      if (head.length) socket.unshift(head);
      accept(socket);
    });
    asked.on('response', answer => refuse(new Error(`no WebSocket: ${answer.statusCode}`)));
    asked.on('error', refuse);
    asked.end();
  });
  stream.setNoDelay(true);
  // A browser that was killed takes no more.
  stream.on('error', () => {});
  listen(stream, hear);
  return { send: text => stream.write(frame(Buffer.from(text))), close: () => stream.destroy() };
}

// What a client sends is masked.
function frame(bytes) {
  const mask = randomBytes(4);
  const head = Buffer.alloc(bytes.length < 126 ? 2 : bytes.length < 65536 ? 4 : 10);
  head[0] = 0x80 | textFrame;
  if (head.length === 2) head[1] = 0x80 | bytes.length;
  if (head.length === 4) { head[1] = 0x80 | 126; head.writeUInt16BE(bytes.length, 2); }
  if (head.length === 10) { head[1] = 0x80 | 127; head.writeBigUInt64BE(BigInt(bytes.length), 2); }
  const masked = Buffer.from(bytes);
  for (let at = 0; at < masked.length; at += 1) masked[at] ^= mask[at & 3];
  return Buffer.concat([head, mask, masked]);
}

// Where the content of the first whole frame in `bytes` starts and ends; nothing if it is not whole.
function bounds(bytes) {
  if (bytes.length < 2) return null;
  const short = bytes[1] & 0x7f;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < start) return null;
  const count = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return bytes.length < start + count ? null : { start, end: start + count };
}

function listen(stream, hear) {
  let held = Buffer.alloc(0);
  let message = [];
  stream.on('data', data => {
    held = Buffer.concat([held, data]);
    for (let found; (found = bounds(held)); held = held.subarray(found.end)) {
      const kind = held[0] & 0x0f;
      if (kind === closeFrame) stream.end();
      if (kind === closeFrame || kind === ping) continue;
      message.push(held.subarray(found.start, found.end));
      if (!(held[0] & 0x80)) continue;
      hear(Buffer.concat(message).toString());
      message = [];
    }
  });
}
