import type { BenchKey } from '../lines.ts';
import type { Comparison } from '../measure/compare.ts';
import type { Stage } from '../stage/stage.ts';

/** What one line came to: a ratio of two sides, or one value with what it is made of. */
export type Figure =
  | { readonly kind: 'ratio'; readonly value: number; readonly comparison: Comparison }
  | { readonly kind: 'value'; readonly value: number; readonly details: Readonly<Record<string, unknown>> };

/** Measures the lines that share a stage setting. */
export interface Scene {
  readonly keys: readonly BenchKey[];
  /** Measures those of its lines that are asked for; reports each as it is done. */
  play(
    stage: Stage,
    keys: readonly BenchKey[],
    report: (key: BenchKey, figure: Figure) => void,
  ): Promise<void>;
}

/** The figure of a comparison: the median of its rounds' ratios. */
export function ratioFigure(comparison: Comparison): Figure {
  return { kind: 'ratio', value: comparison.ratio.median, comparison };
}

/** Throws when two sides did not answer the same number of bytes: then they did not do the same. */
export function requireSameSize(comparison: Comparison): Comparison {
  const { measured, reference } = comparison;
  const share = measured.bytesPerAnswer / reference.bytesPerAnswer;
  if (share > 0.97 && share < 1.03) return comparison;
  throw new Error(
    `${measured.name} answers ${measured.bytesPerAnswer.toFixed(0)} bytes, ${reference.name} ${reference.bytesPerAnswer.toFixed(0)}`,
  );
}
