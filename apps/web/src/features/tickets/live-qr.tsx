'use client';

import { create } from 'qrcode/lib/core/qrcode.js';
import { type ReactNode, useEffect, useState } from 'react';
import { useNow } from '../../design/use-now.ts';
import type { TicketPass } from './kept-tickets.ts';
import { qrText, secondsLeft, stepAt } from './one-time-code.ts';
import { QrFrame } from './qr-frame.tsx';
import { qrPath } from './qr-path.ts';

interface Drawing {
  readonly size: number;
  readonly path: string;
}

/** Light around the code that scanners need. Modules. */
const margin = 4;

/** A ticket's QR, drawn on this device and new every 30 seconds. */
export function LiveQr({ pass, label }: { readonly pass: TicketPass; readonly label: string }): ReactNode {
  const now = useNow(pass.offsetMs, 1000);
  const drawing = useDrawing(pass, stepAt(now));
  return (
    <QrFrame secondsLeft={secondsLeft(now)}>
      {drawing !== undefined && (
        <svg
          role="img"
          aria-label={label}
          viewBox={`${-margin} ${-margin} ${drawing.size + 2 * margin} ${drawing.size + 2 * margin}`}
          shapeRendering="crispEdges"
          className="size-full"
        >
          <path d={drawing.path} fill="currentColor" />
        </svg>
      )}
    </QrFrame>
  );
}

function useDrawing({ code, key }: TicketPass, step: number): Drawing | undefined {
  const [drawing, setDrawing] = useState<Drawing>();
  useEffect(() => {
    let isWanted = true;
    const draw = async () => {
      const { modules } = create(await qrText(code, key, step), { errorCorrectionLevel: 'M' });
      if (isWanted) setDrawing({ size: modules.size, path: qrPath(modules) });
    };
    void draw();
    return () => {
      isWanted = false;
    };
  }, [code, key, step]);
  return drawing;
}
