// What is added to a report, and the desk's answers to it.

async function supplement(isWithdrawal, content) {
  const module = await moduleOf('files');
  tell({ step: 'sealing' });
  supplements += 1;
  const frame = made(module, 'page_supplement', isWithdrawal, utf8.encode(JSON.stringify(content)),
    Date.now() / 1000, supplements);
  await postFrame(module, 'supplement', '/supplements', frame);
  return {};
}

// Members that hold something.
function filled(content) {
  return Object.keys(content).reduce(function (kept, name) {
    if (content[name]) kept[name] = content[name];
    return kept;
  }, {});
}

const states = ['received', 'checking', 'question', 'passedOn', 'confirmed', 'withdrawn', 'closed'];

async function mailbox() {
  const module = await moduleOf('files');
  call(module, 'page_mailbox_address');
  const slot = await fetched('/mailbox/' + resultText(module));
  if (!call(module, 'page_mailbox_open', slot, keyBytes(directory.desk.key))) {
    return { state: 'nothing', questions: [] };
  }
  const fields = resultText(module).split('\u001F');
  const questions = [];
  for (let at = 4; at + 2 < fields.length; at += 3) {
    questions.push({ id: fields[at], text: fields[at + 1], language: fields[at + 2] });
  }
  return {
    state: states[fields[0]], date: fields[1], passed: Number(fields[2]),
    confirmed: Number(fields[3]), questions: questions
  };
}

Object.assign(commands, {
  mailbox: mailbox,
  answer: function (given) {
    return supplement(0, filled({ question: given.question, text: given.text }));
  },
  withdraw: function (given) {
    return supplement(1, filled({ codeWord: given.codeWord, reason: given.reason }));
  }
});
