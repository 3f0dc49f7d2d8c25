import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DrawDocument, InclusionProof } from '@urr/contracts/queue-draw.ts';
import { Value } from 'typebox/value';
import { checkDraw, type HeldDraw, isInRoster, numberOf } from './check-draw.ts';

const usage = `npm run verify-draw -- <draw.json | http://…/api/v1/queue/<event>/draw> [options]
  --index <n>          print the number in line of this lobby index (from 0); may be repeated
  --all                print every lobby index with its number
  --proof <file>       check an inclusion proof, as …/draw/proof answered it
  --commitment <hex>   the hash you noted down before opening`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    index: { type: 'string', multiple: true, default: [] },
    all: { type: 'boolean', default: false },
    proof: { type: 'string' },
    commitment: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function read(place: string): Promise<unknown> {
  if (!/^https?:\/\//.test(place)) return JSON.parse(await readFile(place, 'utf8'));
  const response = await fetch(place, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${place} answered ${response.status}`);
  return response.json();
}

async function verify(place: string): Promise<boolean> {
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
  console.log(
    `The secret is the one committed to (${draw.secretHash.toString('hex')}); ${draw.size} people were drawn.`,
  );
  const asked = options.all
    ? Array.from({ length: draw.size }, (_, index) => index)
    : options.index.map(Number);
  for (const index of asked) console.log(`lobby index ${index} → number ${numberOf(draw, index)}`);
  return options.proof === undefined || checkProof(draw, await read(options.proof));
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
  const [place] = positionals;
  if (options.help || place === undefined) {
    console.log(usage);
    return options.help ? 0 : 2;
  }
  try {
    return (await verify(place)) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
}

process.exitCode = await main();
