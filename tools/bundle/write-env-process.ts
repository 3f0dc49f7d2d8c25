import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { composeSecrets, envFileWith } from './env-file.ts';

// `node tools/bundle/write-env-process.ts`: needs no package, so that who has Docker alone can run it in a container.
const file = path.join(import.meta.dirname, '../../.env');
const present = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return '';
  throw error;
});
await writeFile(file, envFileWith(present, composeSecrets()), { mode: 0o600 });
console.log('.env has every secret that compose.yaml needs.');
