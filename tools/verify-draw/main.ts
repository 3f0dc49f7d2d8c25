import { readFile } from 'node:fs/promises';
import { DrawDocument, InclusionProof } from '@urr/contracts/queue-draw.ts';
import { Value } from 'typebox/value';
import { CommandLineStop, readCommandLine, reportEnd } from '../platform/command-line.ts';
import { checkDraw, type HeldDraw, isInRoster, numberOf } from './check-draw.ts';

const usage = `Usage: npm run verify-draw -- <draw.json | http://…/api/v1/queue/<event>/draw> [options]
  --index <n>          print the number in line of this lobby index (from 0); may be repeated
  --all                print every lobby index with its number
  --proof <file>       check an inclusion proof, as …/draw/proof answered it
  --commitment <hex>   the hash you noted down before opening`;

const commandLine = {
  allowPositionals: true,
  options: {
    index: { type: 'string', multiple: true, default: [] as string[] },
    all: { type: 'boolean', default: false },
    proof: { type: 'string' },
    commitment: { type: 'string' },
  },
} as const;

type Options = ReturnType<typeof readCommandLine<typeof commandLine>>['values'];

async function read(place: string): Promise<unknown> {
  if (!/^https?:\/\//.test(place)) return parse(place, await readFile(place, 'utf8'));
  const response = await fetch(place, { signal: AbortSignal.timeout(10_000) }).catch((cause: unknown) => {
    throw new Error(`Could not reach ${place}.`, { cause });
  });
  if (!response.ok) throw new Error(`${place} answered ${response.status}`);
  return parse(place, await response.text());
}

function parse(place: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${place} is no draw: not JSON. A draw's address ends in /api/v1/queue/<event>/draw.`);
  }
}

async function verify(place: string, options: Options): Promise<boolean> {
  const document = await read(place);
  if (!Value.Check(DrawDocument, document)) throw new Error(`${place} is not a draw document`);
  const check = checkDraw(document, options.commitment);
  if (check.kind === 'broken') {
    console.error(`BROKEN: ${check.reason}`);
    return false;
  }
  if (check.kind === 'not-yet') {
    console.log(`Not drawn yet. Note this commitment down: ${check.secretHash}`);
    return true;
  }
  const { draw } = check;
  const drawn = draw.size === 0 ? 'Nobody was in the lobby.' : `${draw.size} people were drawn.`;
  console.log(`The secret is the one committed to (${draw.secretHash.toString('hex')}). ${drawn}`);
  const asked = options.all
    ? Array.from({ length: draw.size }, (_, index) => index)
    : options.index.map(Number);
  for (const index of asked) console.log(`lobby index ${index} → number ${numberOf(draw, index)}`);
  if (options.proof !== undefined && !checkProof(draw, await read(options.proof))) return false;
  console.log('The draw is right.');
  return true;
}

function checkProof(draw: HeldDraw, proof: unknown): boolean {
  if (!Value.Check(InclusionProof, proof)) throw new Error('That is not an inclusion proof.');
  const number = numberOf(draw, proof.index);
  const isSound = isInRoster(draw, proof) && number === proof.number;
  console.log(
    isSound
      ? `Account ${proof.accountId} stood in the roster at index ${proof.index} and drew number ${number}.`
      : `BROKEN: account ${proof.accountId} is not proven at index ${proof.index}, or its number is not ${proof.number}.`,
  );
  return isSound;
}

async function main(): Promise<number> {
  const { values, positionals } = readCommandLine(usage, commandLine);
  const [place] = positionals;
  if (place === undefined || positionals.length > 1)
    throw new CommandLineStop(usage, 'Give one draw: its file or its address.');
  const notAnIndex = values.index.find((text) => !/^\d{1,9}$/.test(text));
  if (notAnIndex !== undefined)
    throw new CommandLineStop(usage, `--index must be a whole number from 0, not "${notAnIndex}".`);
  return (await verify(place, values)) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = reportEnd(error, 2);
}
