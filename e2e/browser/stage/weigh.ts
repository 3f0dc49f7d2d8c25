import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';

/** What the pages of a tab have loaded so far. Bytes. */
export interface Load {
  /** Gzipped size of every script that was really asked for. */
  scripts(): Promise<number>;
  /** Documents and style sheets as they came over the wire, their headers included. */
  documents(): Promise<number>;
}

/** Begins to weigh what a tab loads. */
export function weigh(page: Page): Load {
  const seen: Response[] = [];
  page.on('response', (response) => void seen.push(response));
  const ofType = (...types: string[]) =>
    seen.filter((response) => response.ok() && types.includes(response.request().resourceType()));
  return {
    scripts: async () => sum(await Promise.all(ofType('script').map(gzippedSize))),
    documents: async () => sum(await Promise.all(ofType('document', 'stylesheet').map(wireSize))),
  };
}

async function gzippedSize(response: Response): Promise<number> {
  return gzipSync(await response.body()).length;
}

async function wireSize(response: Response): Promise<number> {
  await response.finished();
  const { responseBodySize, responseHeadersSize } = await response.request().sizes();
  return responseBodySize + responseHeadersSize;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
