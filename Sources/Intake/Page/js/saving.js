// Sealed on the phone as one file, for whoever sends it later: the frames of the report and of its
// files, one after the other. Nothing here needs a connection once the desk's key is there.

const saveAlerts = all('#save [role=alert]');
let saved = '';

id('send-now').onclick = whenConfirmed(sendReport);
id('save-later').onclick = whenConfirmed(function () { show('save'); });
id('save-instead').onclick = function () {
  ask('stop');
  show('save');
};

entering.save = function () {
  attempt(saveAlerts[0], async function () {
    const day = (await start()).until;
    id('save-until').textContent = say('save.until', { date: dayText(day) });
    id('save-number').hidden = !hasNumber;
    id('save-ready').hidden = false;
  });
};

// Pressed again, it gives the very same file: other bytes would be another report.
id('save-now').onclick = function () {
  if (saved) {
    giveOut();
    return;
  }
  attempt(saveAlerts[1], async function () {
    const telling = tellStep(saveAlerts[1]);
    let pieces = [await ask('seal', { tip: tipOfPage() }, telling)];
    const entries = reportFiles.entries();
    if (entries.length) pieces = pieces.concat(await sealFiles(entries, telling));
    saved = URL.createObjectURL(new Blob(pieces, { type: 'application/octet-stream' }));
    id('saved').hidden = id('save-clear').hidden = false;
    id('save-back').hidden = true;
    giveOut();
  });
};

// A dull name: it stands in the list of downloads.
function giveOut() {
  make('a', '', { href: saved, download: 'notes.dat' }).click();
  focusOn(id('saved'));
}

id('save-back').onclick = function () {
  ask('stop');
  show('number');
};

wiping.push(function () {
  if (saved) URL.revokeObjectURL(saved);
  saved = '';
  id('save-ready').hidden = id('saved').hidden = id('save-clear').hidden = true;
  id('save-back').hidden = false;
});
