import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium, whyNoBrowser } from './chromium.ts';
import { closeScene, openScene, type Scene } from './scene.ts';
import { useStage } from './stage.ts';
import { type AllowedFault, type PageFault, unexpected } from './watch-page.ts';

/** Folder of pictures, which git ignores. */
export const pictureFolder = path.join(import.meta.dirname, '../.screenshots');

interface JourneyOptions {
  /** Faults the journey brings about on purpose. */
  readonly allows?: readonly AllowedFault[];
  readonly timeoutMs?: number;
}

let opened: Promise<{ browser: Browser; stage: Awaited<ReturnType<typeof useStage>> }> | undefined;

after(async () => {
  const { browser, stage } = (await opened?.catch(() => undefined)) ?? {};
  await browser?.close();
  await stage?.close();
});

/** A test that a person plays in a browser. Whatever their pages do that no page may do fails it too. */
export function journey(
  name: string,
  play: (scene: Scene) => Promise<void>,
  { allows = [], timeoutMs = 90_000 }: JourneyOptions = {},
): void {
  const reason = whyNoBrowser();
  void test(name, { skip: reason ?? false, timeout: timeoutMs }, async () => {
    const { browser, stage } = await (opened ??= open());
    const scene = openScene(stage.address, browser);
    try {
      await play(scene);
    } catch (error) {
      await keepPictures(scene, name);
      throw withFaults(error, scene.faults);
    } finally {
      await closeScene(scene);
    }
    assert.deepEqual(unexpected(scene.faults, allows), []);
  });
}

async function open() {
  const stage = await useStage();
  return { stage, browser: await launchChromium() };
}

// What the pages complained of is often why a journey came to a halt.
function withFaults(error: unknown, faults: readonly PageFault[]): unknown {
  if (error instanceof Error && faults.length > 0)
    error.message += `\nThe pages complained:\n${faults.map((fault) => JSON.stringify(fault)).join('\n')}`;
  return error;
}

async function keepPictures(scene: Scene, name: string): Promise<void> {
  const folder = path.join(pictureFolder, 'failed');
  await mkdir(folder, { recursive: true });
  const stem = name.replace(/\W+/g, '-').slice(0, 80);
  const pages = scene.visitors.flatMap((visitor) => visitor.context.pages());
  for (const [index, page] of pages.entries()) {
    const file = path.join(folder, `${stem}-${index + 1}`);
    await page.screenshot({ path: `${file}.png` }).catch(() => undefined);
    const tree = await page
      .locator('body')
      .ariaSnapshot()
      .catch(() => '');
    await writeFile(`${file}.txt`, `${page.url()}\n${tree}\n`);
  }
}
