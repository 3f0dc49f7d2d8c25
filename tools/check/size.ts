import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const longestFile = 300;
const longestFunction = 60;
const usualFunction = 40;
/** Share of functions that must be no longer than `usualFunction`. */
const usualShare = 0.95;

const folders = ['packages', 'services', 'tools', 'load', 'e2e', 'apps', 'lambda'];

/** Names files and functions that are too long, and says so when too many functions are long. */
export function findOversized(repository: string): string[] {
  const files = globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx,mjs,css,sql,lua}`),
    { cwd: repository, exclude: (name) => /node_modules|\.next|dist/.test(name) },
  );
  const faults: string[] = [];
  const lengths: number[] = [];
  for (const file of files) {
    const lines = readFileSync(path.join(repository, file), 'utf8').split('\n');
    if (lines.length - 1 > longestFile)
      faults.push(`${file}: ${lines.length - 1} lines, at most ${longestFile}`);
    if (!/\.(ts|tsx|mjs)$/.test(file) || /\.(test|fixture)\.tsx?$/.test(file)) continue;
    for (const length of functionLengths(lines)) {
      lengths.push(length.lines);
      if (length.lines > longestFunction)
        faults.push(`${file}:${length.start}: a function of ${length.lines} lines`);
    }
  }
  const usual = lengths.filter((length) => length <= usualFunction).length;
  if (usual < lengths.length * usualShare) {
    faults.push(
      `${lengths.length - usual} of ${lengths.length} functions are longer than ${usualFunction} lines`,
    );
  }
  return faults;
}

// A declaration, a method, or an arrow function with a block.
const functionStart =
  /^(\s*)(?:(?:export )?(?:async )?function\b|(?:static )?(?:async )?[#\w]+\(.*\).*\{$|(?:export )?const \w+ = (?:async )?\(?.*=> \{$)/;

// The formatter sets a declaration's closing brace at the declaration's own indentation.
function functionLengths(lines: readonly string[]): { start: number; lines: number }[] {
  const found: { start: number; lines: number }[] = [];
  lines.forEach((line, index) => {
    const opening = functionStart.exec(line);
    if (opening === null || /^\s*(?:if|for|while|switch|return|catch)\b/.test(line)) return;
    // A call that is given a function: what it stands in counts it.
    if (/^\s*[#\w.]+\(.*=> \{$/.test(line)) return;
    const indentation = opening[1] ?? '';
    // Not the brace that ends destructured parameters: `}: {` or `}): void {`.
    const end = lines.findIndex(
      (other, at) => at > index && other.startsWith(`${indentation}}`) && /^\s*\}\)?;?$/.test(other),
    );
    if (end > index) found.push({ start: index + 1, lines: end - index + 1 });
  });
  return found;
}
