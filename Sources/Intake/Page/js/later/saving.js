// The files of a report that is saved.

// Each file's frame as a Blob.
async function sealFiles(entries, telling) {
  const frames = [];
  for (let at = 0; at < entries.length; at += 1) {
    frames.push(await sealFile(entries[at], telling));
  }
  return frames;
}

async function sealFile(entry, telling) {
  try {
    return await ask('sealFile', { file: entry.file, name: entry.file.fileName }, telling);
  } catch (error) {
    error.about = entry.name;
    throw error;
  }
}
