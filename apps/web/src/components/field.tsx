'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from '../design/class-names.ts';

interface FieldText {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with what was typed, in the reader's language. */
  readonly error?: string | undefined;
}

const control =
  'min-h-11 w-full rounded-control border bg-surface px-3 py-2 text-base text-ink placeholder:text-muted';

/** A text field with its label, hint and error. What was typed stays when sending fails. `end` stands inside, at its end. */
export function Field({
  label,
  hint,
  error,
  end,
  className,
  ...rest
}: ComponentProps<'input'> & FieldText & { readonly end?: ReactNode }): ReactNode {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        <input
          {...rest}
          id={id}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy(id, hint, error)}
          className={classNames(control, error === undefined ? 'border-edge' : 'border-bad', className)}
        />
        {end !== undefined && <div className="absolute inset-y-0 end-0 flex items-center">{end}</div>}
      </div>
    </Labelled>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  error,
  className,
  ...rest
}: ComponentProps<'textarea'> & FieldText): ReactNode {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <textarea
        {...rest}
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={classNames(
          control,
          'min-h-28',
          error === undefined ? 'border-edge' : 'border-bad',
          className,
        )}
      />
    </Labelled>
  );
}

/** A choice of a few. */
export function Select({
  label,
  hint,
  error,
  className,
  ...rest
}: ComponentProps<'select'> & FieldText): ReactNode {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <select
        {...rest}
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={classNames(control, error === undefined ? 'border-edge' : 'border-bad', className)}
      />
    </Labelled>
  );
}

function describedBy(id: string, hint: string | undefined, error: string | undefined): string | undefined {
  const ids = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`];
  return ids.filter(Boolean).join(' ') || undefined;
}

function Labelled({
  id,
  label,
  hint,
  error,
  children,
}: FieldText & { readonly id: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {children}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-sm font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
