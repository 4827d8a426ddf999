'use strict';
// In the place of the worker that seals: the same conversation, without a seal and without a network.
// What it is asked, it tells to the test by a channel. Names of files say what shall go wrong.

const told = new BroadcastChannel('stub');
const offices = [
  {
    id: 'office-a', name: 'Anti-Trafficking Desk Bangkok', country: 'TH', kind: 'police-unit', militaryLinked: false,
    description: { en: 'Plain-clothes police for trafficking. It answers to the national police.' }
  },
  {
    id: 'office-b', name: 'Homecoming Network', country: 'CN', kind: 'ngo', militaryLinked: false,
    description: { en: 'Helps families and those who come home.' }
  },
  {
    id: 'office-c', name: 'Border Guard Liaison', country: 'MM', kind: 'authority', militaryLinked: true,
    description: { en: 'Belongs to a border guard force.' }
  }
];
let stopped = false;
let sentBefore = false;

onmessage = async function (event) {
  const call = event.data;
  told.postMessage(JSON.stringify(call, (key, value) => value instanceof Blob ? value.size : value));
  try {
    postMessage({ id: call.id, ok: await answers[call.do](call, (step, done, total) => {
      postMessage({ id: call.id, progress: { step, done, total } });
    }) });
  } catch (code) {
    postMessage({ id: call.id, error: code });
  }
};

function wait(time) { return new Promise(done => setTimeout(done, time)); }

const answers = {
  // A page that was made for another root.
  async start(call) {
    await wait(50);
    if (call.root === 'another') throw 'directory';
    return { version: 1, offices, until: '2027-02-01' };
  },
  async getReady() { return {}; },
  async newReceipt() { await wait(50); return { digits: '1234 5678 9012 3456 7890', pictures: [0, 15, 30] }; },
  async noReceipt() { return {}; },
  async useReceipt() { await wait(50); return { pictures: [3, 22, 9] }; },

  // The first time the door is full.
  async send(call, tell) {
    for (const step of ['sealing', 'puzzle', 'sending']) { tell(step, 0, 0); await wait(20); }
    if (JSON.stringify(call.tip).length > 64 * 1024) throw 'tooLong';
    if (/the door is ill/.test(JSON.stringify(call.tip))) {
      tell('trouble', 0, 0);
      await wait(2000);
      throw 'ill';
    }
    if (!sentBefore) { sentBefore = true; throw 'busy'; }
    return {};
  },

  async sendFile(call, tell) {
    const name = call.name || call.file.name;
    stopped = false;
    if (/changed/.test(name)) throw 'changed';
    const rounds = /endless/.test(name) ? 100000 : /slow/.test(name) ? 20 : 1;
    for (let done = 0; done <= rounds; done += 1) {
      tell('sending', done, rounds);
      await wait(rounds > 1 ? 30 : 0);
      if (stopped) throw 'stopped';
    }
    return {};
  },

  async seal(call, tell) { tell('sealing', 0, 0); await wait(20); return new Uint8Array([1, 2, 3]); },
  async sealFile(call, tell) {
    const name = call.name || call.file.name;
    if (/changed/.test(name)) throw 'changed';
    for (const done of [0, 1, 2]) { tell('sealing', done, 2); await wait(20); }
    return new Blob([name]);
  },

  // The first time the line is gone at "late".
  async carry(call, tell) {
    const [end] = /none|old|cut|behind/.exec(call.file.name) || ['sent'];
    if (/late/.test(call.file.name) && !sentBefore) { sentBefore = true; throw 'network'; }
    if (/bad/.test(call.file.name)) throw 'refused';
    stopped = false;
    for (let done = 0; done < (/endless/.test(call.file.name) ? 1000 : 3); done += 1) {
      tell('sending', done, 1000);
      await wait(20);
      if (stopped) throw 'stopped';
    }
    return { end };
  },

  async stop() { stopped = true; return {}; },
  async mailbox() {
    return {
      state: 'question', date: '2026-11-26', passed: 2, confirmed: 1,
      questions: [{ id: 'q1', text: 'Which floor was it?', language: 'en' }]
    };
  },
  async answer() { return {}; },
  async withdraw() { return {}; }
};
