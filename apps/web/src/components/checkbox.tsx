'use client';

import type { ReactNode } from 'react';
import { classNames } from '../design/class-names.ts';

/** A box to tick with its text; the whole line is pressed. */
export function Checkbox({
  isChecked,
  isDisabled = false,
  isRequired = false,
  onChange,
  children,
}: {
  readonly isChecked: boolean;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <label
      className={classNames(
        'flex min-h-11 items-start gap-3 rounded-control px-2 py-2.5',
        isDisabled ? 'cursor-not-allowed text-muted' : 'cursor-pointer hover:bg-sunken',
      )}
    >
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        required={isRequired}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  );
}
