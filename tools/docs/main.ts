import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { problemsDocument } from './problems-document.ts';

// Writes the documents that are made from code: `npm run docs`.
await writeFile(path.join(import.meta.dirname, '../../docs/problems.md'), problemsDocument());
