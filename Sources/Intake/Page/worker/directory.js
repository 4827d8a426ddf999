// The directory: who the desk is, and which offices there are. Its root key came with the page.

let root = '';
let directory = null;
let terms = null;
// The last day of the desk's key.
let until = '';

function today() {
  return new Date().toISOString().slice(0, 10);
}

// Days are texts of one length: the later one is the larger.
function later(one, other) {
  return one > other ? one : other;
}

async function loadDirectory() {
  const module = modules.tip || modules.files || await moduleOf('tip');
  const note = await fetched('/directory');
  directory = JSON.parse(new TextDecoder().decode(
    made(module, 'page_directory', note, utf8.encode(root))));
  const day = later(today(), directory.issued);
  if (day > directory.expires) throw failure('directory');
  const open = directory.desk.epochs.filter(function (epoch) {
    return !epoch.dead && epoch.opens <= day && day <= epoch.closes
      && !isRevoked(module, utf8.encode(epoch.recipients[0]));
  });
  if (!open.length) throw failure('directory');
  const epoch = open[open.length - 1];
  until = epoch.closes;
  terms = [epoch.epoch, directory.version, utf8.encode(epoch.recipients[0])];
  Object.keys(modules).forEach(function (name) { setTerms(modules[name]); });
}

function setTerms(module) {
  if (terms) call(module, 'page_terms', terms[0], terms[1], terms[2]);
}

function isRevoked(module, bytes) {
  call(module, 'page_fingerprint', bytes);
  return directory.revoked.indexOf(resultText(module)) >= 0;
}

// The 32 bytes of "ed25519:" and base64.
function keyBytes(text) {
  return Uint8Array.from(atob(text.slice(text.indexOf(':') + 1)), function (character) {
    return character.charCodeAt(0);
  });
}

// The offices that can be named, without their keys.
function offices() {
  const module = modules.tip;
  return directory.offices.filter(function (office) {
    return !isRevoked(module, utf8.encode(office.recipient))
      && !isRevoked(module, keyBytes(office.signingKey));
  }).map(function (office) {
    return {
      id: office.id, name: office.name, country: office.country, kind: office.kind,
      militaryLinked: office.militaryLinked, description: office.description
    };
  });
}
