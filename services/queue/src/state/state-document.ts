import { createHash } from 'node:crypto';
import type { StateDocument } from '@urr/contracts/queue.ts';
import type { HotDocument } from '@urr/platform/hot-documents.ts';
import type { LiveSale } from '../line/live-sales.ts';
import { pollSchedule, waitBand } from '../line/place.ts';

/** Bytes a state document may have, whatever the sale. */
export const stateBytes = 400;

/** The document everybody in a line polls. Stock is left out when it does not fit; the pause notice always does. */
export function stateDocument({ sale, speed, stock }: LiveSale): StateDocument {
  const band = waitBand(sale.issued - sale.serving, speed);
  const core: StateDocument = {
    phase: sale.phase,
    times: [sale.lobbyOpensAt, sale.opensAt, sale.endsAt].map((instant) =>
      Math.floor(instant.getTime() / 1000),
    ),
    issued: sale.issued,
    serving: sale.serving,
    rate: Number(speed.toPrecision(2)),
    wait: [band.from, band.to],
    poll: pollSchedule.map((row) => [...row]),
    draw: sale.secretHash.subarray(0, 16).toString('base64url'),
    ...(sale.isPaused && sale.notice !== null ? { notice: sale.notice } : {}),
  };
  if (stock.length === 0) return core;
  const withStock = { ...core, stock: Object.fromEntries(stock.map(({ grade, left }) => [grade, left])) };
  return byteLength(withStock) <= stateBytes ? withStock : core;
}

/** A state document as bytes, cacheable for a second. */
export function hotStateDocument(document: StateDocument): HotDocument {
  const body = Buffer.from(JSON.stringify(document));
  const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
  return { body, contentType: 'application/json; charset=utf-8', etag, maxAgeSeconds: 1 };
}

function byteLength(document: StateDocument): number {
  return Buffer.byteLength(JSON.stringify(document));
}
