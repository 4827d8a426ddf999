// A file sealed to be sent later. Its frame becomes a Blob of one piece for each mebibyte: browsers
// keep large blobs on the disk, and these are sealed.

async function sealFile(file, name) {
  const module = await moduleOf('files');
  current = null;
  await survey(module, file);
  plan(module, name || file.name || '');
  call(module, 'page_frame');
  const total = module.page_plan_length();
  const pieces = [];
  let done = 0;
  for (;;) {
    checkStopped();
    tell({ step: 'sealing', done: done, total: total });
    const next = await nextOfFrame(module, file);
    if (!next) return new Blob(pieces);
    pieces.push(new Blob([next]));
    done += next.length;
  }
}

commands.sealFile = function (given) { return sealFile(given.file, given.name); };
