import path from 'node:path';
import { CommandLineStop, readCommandLine, reportEnd } from '../platform/command-line.ts';
import { bundle } from './bundle.ts';
import { isTargetName, targets } from './targets.ts';

const usage = `Usage: node tools/bundle/main.ts <image> <folder>
  Makes a folder that runs without anything else of the repository: node <folder>/main.js. What was in it is deleted.
  image   ${Object.keys(targets).join(', ')}`;

try {
  const { positionals } = readCommandLine(usage, { allowPositionals: true });
  const [name, folder, ...rest] = positionals;
  if (!isTargetName(name)) throw new CommandLineStop(usage, `There is no image "${name ?? ''}".`);
  if (folder === undefined || rest.length > 0) throw new CommandLineStop(usage, 'Give one folder.');
  await bundle(name, path.resolve(folder), (step) => console.log(`… ${step}`));
} catch (error) {
  process.exit(reportEnd(error));
}
