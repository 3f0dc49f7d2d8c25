'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { QrFrame } from './qr-frame.tsx';

/** Between two attempts when none came. Milliseconds. */
const againMs = 3_000;

/** A ticket's QR as the server draws it: for browsers that make no one-time codes over a connection that is not secure. */
export function ServerQr({
  ticketId,
  label,
}: {
  readonly ticketId: string;
  readonly label: string;
}): ReactNode {
  const [picture, setPicture] = useState<string>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isWanted = true;
    const draw = async () => {
      const drawn = await fetchQr(ticketId);
      if (!isWanted) return;
      if (drawn !== undefined) setPicture(drawn.address);
      timer = setTimeout(() => void draw(), drawn?.lastsMs ?? againMs);
    };
    void draw();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [ticketId]);
  return (
    <QrFrame>{picture !== undefined && <img src={picture} alt={label} className="size-full" />}</QrFrame>
  );
}

interface DrawnQr {
  readonly address: string;
  readonly lastsMs: number;
}

async function fetchQr(ticketId: string): Promise<DrawnQr | undefined> {
  try {
    const response = await fetch(`/api/v1/tickets/${encodeURIComponent(ticketId)}/qr`);
    if (!response.ok) return undefined;
    // Seconds, as the server counts them: the clock of the device does not matter.
    const lasts = Number(/max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1] ?? 5);
    const address = `data:image/svg+xml,${encodeURIComponent(await response.text())}`;
    return { address, lastsMs: Math.max(1, lasts) * 1000 };
  } catch {
    return undefined;
  }
}
