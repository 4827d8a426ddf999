// Sealed files that others saved: frames one after the other, sent as they are, read by nobody here.

// Most bytes of a frame's head, as FrameHead has it, and of a frame that goes in one request.
const headBytes = 18 + 2 + 8192 + 64;
const wholeBytes = 65536;
// By the page's name for the file: how far it is, so that the next attempt goes on from there.
const carried = {};

// Sends the whole frames of a file; answers how the file ended.
async function carry(key, file) {
  const module = await moduleOf('files');
  const state = carried[key] || (carried[key] = { at: 0, frame: null });
  try {
    while (state.at < file.size) {
      if (!state.frame) state.frame = await frameAt(module, file, state.at);
      const end = endOf(state, file);
      if (end) return end;
      await sendFrame(module, state.frame);
      state.at += state.frame.length;
      state.frame = null;
    }
  } catch (error) {
    if (error.code !== 'epoch') throw error;
    return 'old';
  }
  return file.size ? 'sent' : 'none';
}

// Why nothing more of the file can be sent; empty when a whole frame comes.
function endOf(state, file) {
  if (!state.frame) return state.at ? 'behind' : 'none';
  return state.at + state.frame.length > file.size ? 'cut' : '';
}

// The frame that begins at `start`, as `upload` takes it; null where none begins.
async function frameAt(module, file, start) {
  const prefix = await read(file, start, headBytes);
  const numbers = headNumbers(module, prefix);
  if (!numbers) return null;
  const frame = {
    isTip: numbers[0] === 0, length: numbers[2], token: '', address: '',
    head: function () {
      headNumbers(module, prefix);
      return prefix.subarray(0, numbers[1]);
    },
    begin: function () { return frame.bytes; },
    bytes: function (offset, most) {
      return read(file, start + offset, Math.min(most, frame.length - offset));
    },
    created: function () {},
    tell: function (done) { tell({ step: 'sending', done: start + done, total: file.size }); }
  };
  return frame;
}

// Kind, bytes of the head and of the frame; endless when the beginning of one is cut short, nothing
// when it is none. The next puzzle is bound to the head.
function headNumbers(module, prefix) {
  try {
    if (!call(module, 'page_frame_head', prefix)) return [1, 0, Infinity];
  } catch (error) {
    return null;
  }
  return resultText(module).split(' ').map(Number);
}

async function sendFrame(module, frame) {
  frame.tell(0);
  if (!frame.isTip && frame.length > wholeBytes) return upload(module, frame);
  frame.head();
  const purpose = frame.isTip ? 'tip' : 'supplement';
  return postFrame(module, purpose, '/' + purpose + 's', await frame.bytes(0, frame.length));
}

commands.carry = async function (given) { return { end: await carry(given.key, given.file) }; };
