import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** What is smaller fits into a packet as it is. */
const leastBytes = 1_000;

const isText = (name: string) => /\.(?:js|css|html|svg)$/.test(name);

async function compress(file: string) {
  const content = await readFile(file);
  if (content.length < leastBytes) return;
  await Promise.all([
    brotli(content).then((packed) => writeFile(`${file}.br`, packed)),
    gzipped(content, { level: 9 }).then((packed) => writeFile(`${file}.gz`, packed)),
  ]);
}

/** Puts each text of the build beside itself as Brotli and gzip, as small as they get: the host sends the one that a browser takes. */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir);
    },
    closeBundle: async () => {
      const names = await readdir(folder, { recursive: true });
      await Promise.all(names.filter(isText).map((name) => compress(join(folder, name))));
    },
  };
}
