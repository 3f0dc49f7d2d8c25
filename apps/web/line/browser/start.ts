import { betterClock, type ClockReading, readClock } from '../../src/design/server-clock.ts';
import type { Locale } from '../../src/i18n/routing.ts';
import { nextMoment } from '../page/picture.ts';
import type { Sight } from '../page/standing.ts';
import type { LineTexts } from '../page/words.ts';
import { type Alarm, createAlarm } from './alarm.ts';
import { createDesk } from './desk.ts';
import { LineWatch } from './line-watch.ts';
import { createReceipts } from './receipts.ts';
import { createScreen, find } from './screen.ts';
import { isSignedInHere } from './session.ts';

/** What the server wrote into the page. */
interface Known {
  readonly eventId: string;
  /** The event's page, with its language. */
  readonly path: string;
  readonly title: string;
  readonly nowMs: number;
  readonly isJoining: boolean;
  readonly sight: Sight;
}

/** A page that was out of view for longer asks for its place again. Milliseconds. */
const longAwayMs = 20_000;

/** Brings the line page to life. */
export function startLinePage(texts: LineTexts, locale: Locale): void {
  const root = find(document, 'main');
  const written = document.querySelector('#known')?.textContent;
  if (root === null || !written) return;
  const known = JSON.parse(written) as Known;
  const clock = createClock(known.nowMs);
  const alarm = createAlarm();
  const { title: eventTitle, eventId, path, sight } = known;
  const watch = new LineWatch(
    {
      desk: createDesk(eventId, clock.hear),
      receipts: createReceipts(eventId, () => localStorage),
      alarm,
      nowMs: clock.nowMs,
      random: Math.random,
      isHidden: () => document.visibilityState === 'hidden',
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
      show: createScreen({ root, texts, locale, eventTitle, nowMs: clock.nowMs }),
      goToSeats: () => location.replace(`${path}/seats`),
      callText: `${texts.titles.called} · ${eventTitle}`,
    },
    sight,
    known.isJoining,
  );
  // The wish to join is heard once: a reload later must not join again for somebody who has left.
  history.replaceState(null, '', `${path}/line`);
  takePresses(root, watch);
  takeAlarm(root, texts, alarm);
  takeReturns(watch);
  takeSeconds(watch, clock.nowMs);
  void watch.start();
}

function createClock(writtenAtMs: number) {
  const [navigation] = performance.getEntriesByType('navigation');
  const { requestStart = 0, responseStart = 0 } =
    (navigation as PerformanceNavigationTiming | undefined) ?? {};
  const origin = performance.timeOrigin;
  let reading: ClockReading = readClock(writtenAtMs, origin + requestStart, origin + responseStart);
  return {
    nowMs: () => Date.now() + reading.offsetMs,
    hear: (serverDate: string, sentAtMs: number, receivedAtMs: number) => {
      // The header has whole seconds, of an answer that may be a second old.
      const heard = readClock(Date.parse(serverDate) + 500, sentAtMs, receivedAtMs);
      reading = betterClock(reading, { ...heard, uncertaintyMs: heard.uncertaintyMs + 1_500 });
    },
  };
}

function takePresses(root: HTMLElement, watch: LineWatch): void {
  root.addEventListener('submit', (event) => {
    const action = (event.target as HTMLElement).dataset['form'];
    if (action === undefined) return;
    event.preventDefault();
    if (action === 'join') watch.join();
    if (action === 'enter') watch.enter();
    if (action === 'leave') {
      find(root, '[data-leave]')?.removeAttribute('open');
      void watch.leave();
    }
  });
  find(root, '[data-await]')?.addEventListener('click', () => watch.join());
}

function takeAlarm(root: HTMLElement, texts: LineTexts, alarm: Alarm): void {
  const button = find(root, '[data-alarm]');
  button?.addEventListener('click', () => {
    const isOn = alarm.toggle();
    button.setAttribute('aria-pressed', String(isOn));
    button.textContent = isOn ? texts.alarm.on : texts.alarm.off;
    const heard = find(root, '[data-heard]');
    if (heard !== null && isOn) heard.textContent = texts.alarm.tested;
  });
}

// A locked phone, a hidden tab, a lost connection: on return the first thing is to look.
function takeReturns(watch: LineWatch): void {
  let hiddenAtMs = 0;
  const back = (isLong: boolean) => {
    if (watch.view.sight.session === 'signed-out' && isSignedInHere()) void watch.signedIn();
    else void watch.lookNow(isLong);
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') hiddenAtMs = Date.now();
    else back(Date.now() - hiddenAtMs > longAwayMs);
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) back(true);
  });
  window.addEventListener('online', () => back(false));
  // Another tab has taken the place, or given it back.
  window.addEventListener('storage', (event) => {
    if (event.key?.startsWith('urr.line.') === true) back(true);
  });
}

// A countdown moves each second; everything else only when something was learnt.
function takeSeconds(watch: LineWatch, nowMs: () => number): void {
  const tick = () => {
    if (nextMoment(watch.view.sight) !== null) watch.redraw();
    setTimeout(tick, 1_000 - (nowMs() % 1_000));
  };
  tick();
}
