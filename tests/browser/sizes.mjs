// Prints the size of every file in a folder: bytes, bytes of brotli (as a static host compresses), path, between tabs.
// Usage: node sizes.mjs FOLDER

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const folder = process.argv[2];
if (!folder || folder === '--help') {
  console.error('Usage: node sizes.mjs FOLDER');
  process.exit(folder ? 0 : 2);
}

function* files(at) {
  for (const name of readdirSync(at).sort()) {
    const path = join(at, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

for (const path of files(folder)) {
  const bytes = readFileSync(path);
  const compressed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  console.log([bytes.length, compressed.length, relative(folder, path).split(sep).join('/')].join('\t'));
}
