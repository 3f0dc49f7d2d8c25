import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asyncApiText } from './asyncapi-text.ts';
import { configurationDocument } from './configuration-document.ts';
import { problemsDocument } from './problems-document.ts';

// Writes the documents that are made from code: `npm run docs`.
const folder = path.join(import.meta.dirname, '../../docs');
await writeFile(path.join(folder, 'problems.md'), problemsDocument());
await writeFile(path.join(folder, 'configuration.md'), configurationDocument());
await writeFile(path.join(folder, 'asyncapi.json'), asyncApiText());
