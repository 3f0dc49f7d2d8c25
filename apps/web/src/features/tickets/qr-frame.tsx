import type { ReactNode } from 'react';
import { periodSeconds } from './one-time-code.ts';

/** White paper for a QR in every theme, in a ring that runs out until the next one. */
export function QrFrame({
  secondsLeft,
  children,
}: {
  /** Absent while nothing is shown. */
  readonly secondsLeft?: number | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="relative mx-auto aspect-square w-full max-w-72 p-2">
      <svg aria-hidden viewBox="0 0 100 100" className="absolute inset-0 size-full fill-none stroke-2">
        <rect x="1" y="1" width="98" height="98" rx="7" className="stroke-rule" />
        {secondsLeft !== undefined && (
          <rect
            x="1"
            y="1"
            width="98"
            height="98"
            rx="7"
            pathLength={periodSeconds}
            strokeDasharray={`${secondsLeft} ${periodSeconds}`}
            className="stroke-accent transition-[stroke-dasharray] duration-1000 ease-linear"
          />
        )}
      </svg>
      <div className="size-full overflow-hidden rounded-card bg-scan-paper text-scan-ink">{children}</div>
    </div>
  );
}
