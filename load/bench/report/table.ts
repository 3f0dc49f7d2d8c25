import { type BenchKey, benchLines } from '../lines.ts';
import type { SideFigures } from '../measure/compare.ts';
import type { Spread } from '../measure/spread.ts';
import type { Figure } from '../scenes/scene.ts';
import type { Machine } from './machine.ts';
import { isGood, type Outcome } from './outcome.ts';

/** Busier than this, the client and not the server may be what is measured. */
const busyClient = 0.9;

/** One line naming the machine. */
export function machineLine(machine: Machine): string {
  const parts = [
    `${machine.cores} cores`,
    machine.processor,
    `${machine.memoryGigabytes} GB`,
    machine.system,
    `Node ${machine.node}`,
    ...(machine.postgres === undefined ? [] : [`PostgreSQL ${machine.postgres}`]),
    ...(machine.commitMilliseconds === undefined ? [] : [`a lone commit ${machine.commitMilliseconds} ms`]),
  ];
  return parts.join(' · ');
}

/** A line of the table, with what it was made of below. */
export function tableRow(key: BenchKey, outcome: Outcome): string {
  const line = benchLines[key];
  const mark = isGood(key, outcome) ? '✔' : '✖';
  const bound = `${line.bound === 'at least' ? '≥' : '≤'} ${line.limit}`;
  const head = (value: string) =>
    `${mark} ${key.padEnd(22)} ${value.padEnd(10)} ${bound.padEnd(7)} ${line.what}`;
  if (outcome.kind === 'failed') return `${head('–')}\n    failed: ${outcome.fault}`;
  const { figure } = outcome;
  const value = `${figure.value.toFixed(line.unit === 'MB' ? 0 : 2)}${line.unit === '' ? '' : ` ${line.unit}`}`;
  return [head(value), ...detailRows(figure).map((row) => `    ${row}`)].join('\n');
}

function detailRows(figure: Figure): string[] {
  if (figure.kind === 'value')
    return Object.entries(figure.details).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const { ratio, ratios, measured, reference } = figure.comparison;
  const rounds = `ratio by round: ${ratios.map((one) => one.toFixed(2)).join(' ')} (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)})`;
  return [sideRow(measured), sideRow(reference), rounds];
}

function sideRow(side: SideFigures): string {
  const warning = side.clientBusy > busyClient ? ' – the client was the limit' : '';
  const cost =
    side.serverMicroseconds === undefined
      ? ''
      : `, ${side.serverMicroseconds.toFixed(1)} µs of the server each`;
  return `${side.name.padEnd(24)} ${perSecond(side.perSecond)}${cost}, client ${(side.clientBusy * 100).toFixed(0)} % of a core${warning}`;
}

function perSecond({ median, min, max }: Spread): string {
  const whole = (value: number) => Math.round(value).toLocaleString('en');
  return `${whole(median)}/s (${whole(min)}–${whole(max)})`;
}
