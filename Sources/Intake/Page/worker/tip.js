// The number, the report, and what is added to it.

// Classes of parts by their codes in the format.
const classes = {
  urgency: 1, report: 2, reporter: 3, person: 4, place: 5, perpetrators: 6, compelled: 7, evidence: 8
};
// The 96 bytes that a number stands for, for the other module.
let keys = null;
let hasReceipt = false;
// Sealed and not yet taken by the door: sent again as it is.
let pending = null;
let supplements = 0;
// The file whose plan the module holds.
let current = null;

// Takes the keys that a module made for all modules.
function useKeys(module) {
  const bytes = result(module);
  keys = bytes.slice(3);
  pending = null;
  current = null;
  Object.keys(modules).forEach(function (name) {
    if (modules[name] !== module) call(modules[name], 'page_keys', keys);
  });
  return Array.from(bytes.subarray(0, 3));
}

async function useReceipt(digits) {
  const module = await moduleOf('tip');
  call(module, 'page_receipt_keys', utf8.encode(digits));
  hasReceipt = true;
  return { pictures: useKeys(module) };
}

async function newReceipt() {
  const module = await moduleOf('tip');
  call(module, 'page_receipt_new');
  const digits = resultText(module);
  return { digits: digits, pictures: (await useReceipt(digits)).pictures };
}

async function noReceipt() {
  const module = await moduleOf('tip');
  call(module, 'page_keys_random');
  hasReceipt = false;
  useKeys(module);
  return {};
}

// Seals the report; the text of each part is what JSON.stringify makes of it.
function seal(module, tip) {
  tell({ step: 'sealing' });
  call(module, 'page_tip_begin');
  Object.keys(classes).forEach(function (name) {
    let part = tip[name];
    if (name === 'report' && tip.language) part = Object.assign({}, part, { language: tip.language });
    if (part) call(module, 'page_tip_part', classes[name], utf8.encode(JSON.stringify(part)));
  });
  (tip.share || []).forEach(function (share) {
    const bits = share.parts.reduce(function (sum, name) { return sum + (1 << classes[name]); }, 0);
    call(module, 'page_tip_share', utf8.encode(share.office), bits);
  });
  (tip.never || []).forEach(function (office) {
    call(module, 'page_tip_never', utf8.encode(office));
  });
  if (tip.withdrawalWord) call(module, 'page_tip_word', utf8.encode(tip.withdrawalWord));
  call(module, 'page_tip_wish', tip.tellMe ? 1 : 0);
  return made(module, 'page_tip');
}

// The report's frame: the same one for the same report, whether it is sent or saved.
async function sealed(tip) {
  const module = await moduleOf('tip');
  const text = JSON.stringify(tip);
  if (!pending || pending.text !== text) pending = { text: text, frame: seal(module, tip) };
  return pending.frame;
}

async function send(tip) {
  const module = await moduleOf('tip');
  try {
    await postFrame(module, 'tip', '/tips', await sealed(tip));
  } catch (error) {
    if (error.code !== 'epoch') throw error;
    // The desk's key changed between: seal again for the new one, once.
    await loadDirectory();
    pending.frame = seal(module, tip);
    await postFrame(module, 'tip', '/tips', pending.frame);
  }
  pending = null;
  return {};
}
