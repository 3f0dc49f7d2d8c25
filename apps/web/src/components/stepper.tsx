'use client';

import type { ReactNode } from 'react';

/** Chooses a small number by two large buttons. */
export function Stepper({
  label,
  value,
  min = 0,
  max,
  decreaseLabel,
  increaseLabel,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  readonly decreaseLabel: string;
  readonly increaseLabel: string;
  readonly onChange: (value: number) => void;
}): ReactNode {
  const button =
    'size-11 rounded-control border border-edge bg-surface text-xl font-semibold hover:bg-sunken disabled:opacity-45';
  return (
    <fieldset aria-label={label} className="inline-flex items-center gap-2">
      <button
        type="button"
        className={button}
        aria-label={decreaseLabel}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        −
      </button>
      <output aria-live="polite" className="numeric min-w-8 text-center text-lg font-semibold">
        {value}
      </output>
      <button
        type="button"
        className={button}
        aria-label={increaseLabel}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        +
      </button>
    </fieldset>
  );
}
