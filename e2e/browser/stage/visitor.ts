import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type Locale, localePath } from '../../../apps/web/src/i18n/routing.ts';
import { fingerHand, type Hand, keyboardHand, mouseHand } from './hands.ts';
import type { StageAddress } from './open-stage.ts';
import { adminToken } from './stage.ts';
import { type TextKey, textPattern } from './texts.ts';

/** The device somebody comes with. */
export interface Device {
  readonly locale?: Locale;
  readonly theme?: 'light' | 'dark';
  readonly kind?: 'desktop' | 'phone';
  readonly hand?: 'usual' | 'keyboard';
  readonly javaScript?: boolean;
  /** Seoul's when absent. */
  readonly timeZone?: string;
}

/** An account with its password. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** What the pages note of a sign-in (`apps/web/src/api/session.ts`, which only a browser can load). */
const signedInCookie = 'urr-signed-in';

type Role = Parameters<Page['getByRole']>[0];

/** Somebody at a device, with one tab open. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly hand: Hand;
  readonly locale: Locale;
  readonly stage: StageAddress;
  /** The text of the pages in the visitor's language. */
  says(key: TextKey, values?: Readonly<Record<string, string | number>>): RegExp;
  /** What has a role and is called by a text of the pages. */
  find(role: Role, key: TextKey, values?: Readonly<Record<string, string | number>>): Locator;
  press(role: Role, key: TextKey, values?: Readonly<Record<string, string | number>>): Promise<void>;
  /** Types an address of the site, without the language. */
  open(path: `/${string}`): Promise<void>;
  /** The same person in another tab. */
  newTab(): Promise<Visitor>;
}

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 844 };

/** The settings of a browser for a device. */
function contextOptions(device: Device): BrowserContextOptions {
  const isPhone = device.kind === 'phone';
  return {
    viewport: isPhone ? phone : desktop,
    hasTouch: isPhone,
    isMobile: isPhone,
    locale: device.locale === 'en' ? 'en-GB' : 'ko-KR',
    timezoneId: device.timeZone ?? 'Asia/Seoul',
    colorScheme: device.theme ?? 'light',
    javaScriptEnabled: device.javaScript ?? true,
    serviceWorkers: 'allow',
  };
}

/** Opens the device's browser; `arrange` sees it before its first page. */
export async function newVisitor(
  browser: Browser,
  stage: StageAddress,
  device: Device,
  arrange: (context: BrowserContext) => void,
): Promise<Visitor> {
  const context = await browser.newContext(contextOptions(device));
  arrange(context);
  return visitorAt(context, await context.newPage(), stage, device);
}

function visitorAt(context: BrowserContext, page: Page, stage: StageAddress, device: Device): Visitor {
  const locale = device.locale ?? 'ko';
  const hand = handOf(device, page);
  const says: Visitor['says'] = (key, values) => textPattern(locale, key, values);
  const find: Visitor['find'] = (role, key, values) => page.getByRole(role, { name: says(key, values) });
  return {
    context,
    page,
    hand,
    locale,
    stage,
    says,
    find,
    press: (role, key, values) => hand.press(find(role, key, values)),
    open: async (path) => void (await page.goto(stage.webUrl + localePath(locale, path))),
    newTab: async () => visitorAt(context, await context.newPage(), stage, device),
  };
}

function handOf(device: Device, page: Page): Hand {
  if (device.hand === 'keyboard') return keyboardHand(page);
  return device.kind === 'phone' ? fingerHand() : mouseHand();
}

/** An account nobody has yet. */
export function newCredentials(): Credentials {
  return { email: `fan-${randomUUID().slice(0, 12)}@browser.example`, password: `pass-${randomUUID()}` };
}

/** Gives a visitor a signed-in account without walking through the pages; makes it unless it is there. */
export async function signIn(visitor: Visitor, credentials?: Credentials): Promise<Credentials> {
  const account = credentials ?? newCredentials();
  const route = credentials === undefined ? 'register' : 'login';
  const { webUrl } = visitor.stage;
  const answer = await visitor.context.request.post(`${webUrl}/api/v1/auth/${route}`, { data: account });
  if (!answer.ok()) throw new Error(`Could not sign in: ${await answer.text()}`);
  await visitor.context.addCookies([{ name: signedInCookie, value: '1', url: webUrl }]);
  return account;
}

/** Gives a visitor the stage's admin account, for five minutes. */
export async function signInAsAdmin(visitor: Visitor): Promise<void> {
  const { webUrl } = visitor.stage;
  const token = { name: 'access_token', value: await adminToken(visitor.stage), url: webUrl, httpOnly: true };
  await visitor.context.addCookies([token, { name: signedInCookie, value: '1', url: webUrl }]);
}
