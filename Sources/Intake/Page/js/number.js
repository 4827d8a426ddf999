// The number is made on the phone and shown before anything is sent.

// Their order is part of the format; `make` has the names in the same order.
const pictures = Array.from('🌙🌈🌊🌵🌻🍀🍄🍇🍉🍋🍌🍓🥕🌽🍞🐘🐟🐢🐝🐫🐓🦋🐌🔔🔑🕯🚲🚢🎈🥁🪁🧵');
let receipt = null;
let group = 0;
let numberFrom = 'quick';

function showPictures(place, indices) {
  empty(place);
  indices.forEach(function (index) {
    const picture = make('span', '', { class: 'p' });
    picture.appendChild(make('b', pictures[index], { 'aria-hidden': true }));
    picture.appendChild(document.createTextNode(say('picture.all').split('\t')[index]));
    place.appendChild(picture);
  });
}

entering.number = function () {
  if (before === 'quick' || before === 'share') numberFrom = before;
  attempt(id('number').querySelector('[role=alert]'), async function () {
    if (!receipt) receipt = await ask('newReceipt');
    numberInUse = receipt.digits;
    showNumber();
  });
};

function showNumber() {
  const groups = receipt.digits.split(' ');
  empty(id('digits'));
  groups.forEach(function (four) {
    id('digits').appendChild(make('span', four));
    id('digits').appendChild(document.createTextNode(' '));
  });
  showPictures(id('pictures'), receipt.pictures);
  group = crypto.getRandomValues(new Uint8Array(1))[0] % groups.length;
  id('confirm-label').textContent = say('number.confirm', { n: group + 1 });
  id('confirm').value = '';
  empty(id('confirm-wrong'));
  id('number-ready').hidden = false;
}

id('number-back').onclick = function () { show(numberFrom); };

// Goes on once the number is written down, which the digits of one group show.
function whenConfirmed(action) {
  return function () {
    hasNumber = true;
    if (digitsOf(id('confirm').value) === receipt.digits.split(' ')[group]) {
      action();
      return;
    }
    warn(id('confirm-wrong'), say('number.wrong', { n: group + 1 }));
    id('confirm').focus();
  };
}

id('send-none').onclick = function () {
  attempt(id('confirm-wrong'), async function () {
    await ask('noReceipt');
    forgetNumber();
    hasNumber = false;
    sendReport();
  });
};

function forgetNumber() {
  receipt = null;
  numberInUse = '';
  empty(id('digits'));
  empty(id('pictures'));
  id('number-ready').hidden = true;
}

wiping.push(forgetNumber);
