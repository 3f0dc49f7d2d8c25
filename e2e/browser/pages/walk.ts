import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Locale } from '../../../apps/web/src/i18n/routing.ts';
import { findBarriers } from '../stage/axe.ts';
import { pictureFolder } from '../stage/journey.ts';
import { isWiderThanWindow, settles } from '../stage/layout.ts';
import type { Scene } from '../stage/scene.ts';
import { signIn, signInAsAdmin, type Visitor } from '../stage/visitor.ts';
import { allPages, type PageVisit, type Reader } from './all-pages.ts';
import type { Furniture } from './furnish.ts';

/** How the pages are looked at. */
export interface Look {
  readonly locale: Locale;
  readonly theme: 'light' | 'dark';
}

const widths = [390, 1280] as const;
const heightOf = 844;

/** Looks at every page, keeps a picture of it in two widths, and names what is wrong with any. */
export async function walkPages(scene: Scene, furniture: Furniture, look: Look): Promise<string[]> {
  const readers = {
    stranger: await scene.visitor(look),
    fan: await scene.visitor(look),
    admin: await scene.visitor(look),
  } satisfies Record<Reader, Visitor>;
  await signIn(readers.fan, furniture.fan.credentials);
  await signInAsAdmin(readers.admin);
  const folder = path.join(pictureFolder, `${look.locale}-${look.theme}`);
  await mkdir(folder, { recursive: true });
  const faults: string[] = [];
  for (const visit of allPages) {
    const visitor = readers[visit.reader];
    const found = await lookAt(visitor, visit, furniture, path.join(folder, visit.name));
    faults.push(...found.map((fault) => `${visit.name}: ${fault}`));
  }
  return faults;
}

async function lookAt(visitor: Visitor, visit: PageVisit, furniture: Furniture, picture: string) {
  const { page, locale } = visitor;
  await page.setViewportSize({ width: 1280, height: heightOf });
  await visitor.open(visit.path(furniture));
  await settles(page);
  const barriers = await findBarriers(page);
  const faults = barriers.map(
    (barrier) => `${barrier.rule} (${barrier.impact}) ${barrier.places.join(' | ')}`,
  );
  faults.push(...(await findFrameFaults(page, locale)));
  for (const width of widths) {
    await page.setViewportSize({ width, height: heightOf });
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 100))');
    if (await isWiderThanWindow(page)) faults.push(`is wider than ${width} px`);
    await page.screenshot({ path: `${picture}-${width}.png`, fullPage: true });
  }
  return faults;
}

async function findFrameFaults(page: Page, locale: Locale): Promise<string[]> {
  const headings = await page.locator('h1').count();
  const language = await page.locator('html').getAttribute('lang');
  return [
    ...(headings === 1 ? [] : [`has ${headings} main headings`]),
    ...(language === locale ? [] : [`says that its language is ${language}`]),
    ...((await page.title()) === '' ? ['has no title'] : []),
  ];
}
