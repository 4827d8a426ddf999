// Files chosen and voice recorded. A list holds them until they are sent, on the phone alone.

// Limits.evidenceBytes in Sources/Tips/Limits.swift: no report can hold a larger file.
const mostBytes = 8589934591;

function fileList(place) {
  let files = [];
  let voices = 0;
  let recorder = null;

  place.appendChild(copy('chooser'));
  const chooser = place.querySelector('input');
  const record = place.querySelector('button');
  const alert = place.querySelector('[role=alert]');
  const count = place.querySelector('[role=status]');
  const list = place.querySelector('ul');
  const photo = place.querySelector('.note');
  list.className = 'list';

  chooser.onchange = function () {
    empty(alert);
    Array.from(chooser.files).forEach(function (file) { add(file, file.name); });
    // So that the same file can be chosen again after it was removed.
    chooser.value = '';
    showCount();
  };

  function add(file, name) {
    if (file.size === 0) {
      alert.appendChild(make('span', wordsOf(failure('empty'), { name: name })));
      return;
    }
    if (file.size > mostBytes) {
      alert.appendChild(make('span', name + ': ' + wordsOf(failure('tooLarge'))));
      return;
    }
    if (files.some(function (other) { return isSame(other.file, file); })) return;
    const entry = { file: file, name: name, row: make('li') };
    entry.row.appendChild(make('bdi', name));
    entry.row.appendChild(removeButton(entry));
    files.push(entry);
    list.appendChild(entry.row);
    unsent = true;
    ask('getReady').catch(function () {});
  }

  function removeButton(entry) {
    const cross = button('✕', function () {
      remove(entry);
      focusOn(count);
    });
    cross.setAttribute('aria-label', say('files.remove', { name: entry.name }));
    return cross;
  }

  function isSame(one, other) {
    return one.name && one.name === other.name && one.size === other.size
      && one.lastModified === other.lastModified;
  }

  function remove(entry) {
    files = files.filter(function (other) { return other !== entry; });
    list.removeChild(entry.row);
    showCount();
  }

  function showCount() {
    count.textContent = files.length ? say('files.count', { n: files.length }) : say('files.none');
    photo.hidden = !files.some(function (entry) { return /^image\//.test(entry.file.type); });
  }

  record.hidden = !(window.MediaRecorder && navigator.mediaDevices);
  record.onclick = function () {
    if (recorder) recorder.stop();
    else recordVoice();
  };

  async function recordVoice() {
    empty(alert);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      // Who went on meanwhile is not listened to.
      if (place.closest('section').hidden) {
        release(stream);
        return;
      }
      recorder = new MediaRecorder(stream);
      hearVoice(recorder, stream);
      recorder.start();
      record.textContent = say('files.stop');
      announce(say('files.recording'));
    } catch (error) {
      recorder = null;
      alert.textContent = say('files.microphone');
    }
  }

  function hearVoice(from, stream) {
    const parts = [];
    from.ondataavailable = function (event) { if (event.data.size) parts.push(event.data); };
    from.onstop = function () {
      release(stream);
      record.textContent = say('files.record');
      announce('');
      if (recorder !== from) return;
      recorder = null;
      addVoice(new Blob(parts, { type: from.mimeType }));
    };
  }

  function release(stream) {
    stream.getTracks().forEach(function (track) { track.stop(); });
  }

  function addVoice(blob) {
    voices += 1;
    blob.fileName = 'voice-' + voices + (/mp4/.test(blob.type) ? '.m4a' : '.webm');
    add(blob, say('files.voice', { n: voices }));
    showCount();
  }

  function clear() {
    const last = recorder;
    recorder = null;
    if (last && last.state !== 'inactive') last.stop();
    files.slice().forEach(remove);
    empty(alert);
  }

  showCount();
  wiping.push(clear);
  // A recording that runs while the person goes on is part of what they say.
  leaving.push(function () { if (recorder) recorder.stop(); });
  return { entries: function () { return files.slice(); }, clear: clear };
}
