// With the number: what the desk says, answers, more, and withdrawing. Any number opens a mailbox,
// and one nobody owns looks like one without an answer.

const loginAlert = id('login').querySelector('[role=alert]');
const numberLength = 20;

entering.login = function () {
  id('known').hidden = true;
  startEarly();
};

Object.assign(errors, { digits: 'error.digits' });

id('check').onclick = function () {
  const digits = digitsOf(id('typed').value);
  id('known').hidden = true;
  if (digits.length !== numberLength) {
    warn(loginAlert, wordsOf(failure('digits'), { n: digits.length }));
    id('typed').focus();
    return;
  }
  attempt(loginAlert, async function () {
    const known = await ask('useReceipt', { digits: digits });
    // The worker now holds this number, and no longer one made for a report.
    forgetNumber();
    numberInUse = digits;
    showPictures(id('known-pictures'), known.pictures);
    id('known').hidden = false;
    focusOn(id('known').querySelector('h2'));
  });
};

id('again').onclick = function () {
  id('known').hidden = true;
  id('typed').value = '';
  id('typed').focus();
};

id('open').onclick = function () {
  id('typed').value = '';
  hasNumber = true;
  show('mailbox');
};

entering.mailbox = function () {
  id('withdrawing').hidden = false;
  empty(id('withdrawn'));
  look();
};
id('look').onclick = look;

function look() {
  attempt(id('mailbox').querySelector('[role=alert]'), async function () {
    showMailbox(await ask('mailbox'));
  });
}

const states = {
  nothing: 'mail.nothing', received: 'mail.received', checking: 'mail.checking',
  question: 'mail.question', passedOn: 'mail.passed', confirmed: 'mail.confirmed',
  withdrawn: 'mail.withdrawn', closed: 'mail.closed'
};

function showMailbox(box) {
  const state = id('state');
  const counts = { passedOn: box.passed, confirmed: box.confirmed };
  empty(state);
  const line = make('p');
  line.appendChild(make('strong', say(states[box.state] || states.nothing, { n: counts[box.state] })));
  state.appendChild(line);
  if (box.date) state.appendChild(make('p', say('mail.date', { date: dayText(box.date) })));
  empty(id('questions'));
  (box.questions || []).forEach(showQuestion);
  announce(state.textContent);
}

function showQuestion(question) {
  const block = make('div');
  const label = make('label');
  const text = question.text;
  label.appendChild(make('span', text, { lang: question.language || language, dir: 'auto' }));
  label.appendChild(make('small', say('mail.answer')));
  const answer = make('textarea', '', { dir: 'auto', autocomplete: 'off', spellcheck: false });
  const alert = make('p', '', { role: 'alert' });
  label.appendChild(answer);
  block.appendChild(label);
  block.appendChild(alert);
  block.appendChild(button(say('mail.answer.send'), function () {
    if (!answer.value.trim()) {
      answer.focus();
      return;
    }
    attempt(alert, async function () {
      await ask('answer', { question: question.id, text: answer.value.trim() }, tellStep(alert));
      finish(block, say('mail.sent'));
    });
  }));
  id('questions').appendChild(block);
}

// In the place of what was sent, that it was.
function finish(block, text) {
  block.className = 'note';
  block.textContent = text;
  focusOn(block);
  unsent = false;
}

id('add').onclick = function () {
  const text = id('addition').value.trim();
  const alert = id('add').previousElementSibling;
  attempt(alert, async function () {
    if (text) {
      await ask('answer', { question: '', text: text }, tellStep(alert));
      id('addition').value = '';
      unsent = false;
    }
    const entries = mailFiles.entries();
    if (entries.length) sendMore(entries);
    else if (text) finish(alert, say('mail.sent'));
  });
};

function sendMore(entries) {
  beginSending();
  guard(async function () {
    await sendFiles(entries);
    mailFiles.clear();
    id('done').hidden = false;
    await press(['sending-back']);
    show('mailbox');
  });
}

wiping.push(function () {
  ['known-pictures', 'state', 'questions', 'withdrawn'].forEach(function (name) { empty(id(name)); });
});

id('withdraw').onclick = function () {
  const alert = id('withdraw').previousElementSibling;
  attempt(alert, async function () {
    const wish = { codeWord: codeWord(id('word')), reason: id('reason').value.trim() };
    await ask('withdraw', wish, tellStep(alert));
    id('withdrawing').hidden = true;
    finish(id('withdrawn'), say('withdraw.sent'));
    id('word').value = id('reason').value = '';
  });
};
