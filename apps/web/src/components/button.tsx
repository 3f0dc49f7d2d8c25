import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../design/class-names.ts';
import { Link } from '../i18n/link.tsx';

type Tone = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Look {
  readonly tone?: Tone;
  /** As wide as what it stands in. */
  readonly isWide?: boolean;
}

const base =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-control px-4 py-2 text-base font-semibold no-underline ' +
  'transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55';

const tones: Readonly<Record<Tone, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-edge bg-surface text-ink hover:bg-sunken',
  quiet: 'text-accent underline-offset-4 hover:underline',
  danger: 'border border-bad bg-surface text-bad hover:bg-bad-soft',
};

function lookOf({ tone = 'primary', isWide = false }: Look, more?: string): string {
  return classNames(base, tones[tone], isWide && 'w-full', more);
}

/** A button. While `isBusy` it keeps its size, says so to screen readers and cannot be pressed again. */
export function Button({
  tone,
  isWide,
  isBusy = false,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & Look & { readonly isBusy?: boolean }): ReactNode {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      className={lookOf({ ...(tone && { tone }), ...(isWide !== undefined && { isWide }) }, className)}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  );
}

/** A link that looks like a button; it stays in the language of the page. */
export function LinkButton({
  tone,
  isWide,
  className,
  ...rest
}: ComponentProps<typeof Link> & Look): ReactNode {
  return (
    <Link
      {...rest}
      className={lookOf({ ...(tone && { tone }), ...(isWide !== undefined && { isWide }) }, className)}
    />
  );
}

function Spinner(): ReactNode {
  return (
    <span
      aria-hidden
      className="size-4 animate-spin rounded-full border-2 border-current border-t-transparent"
    />
  );
}
