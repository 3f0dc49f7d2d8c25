import type { Locale } from '../../src/i18n/routing.ts';
import { announcementOf, type Said } from '../page/announcement.ts';
import { type Picture, pictureOf } from '../page/picture.ts';
import { peopleAhead } from '../page/standing.ts';
import { fill, type LineTexts } from '../page/words.ts';
import type { Step, View } from './watch-ports.ts';

/** What a screen is made with. */
export interface ScreenOptions {
  readonly root: HTMLElement;
  readonly texts: LineTexts;
  readonly locale: Locale;
  readonly eventTitle: string;
  readonly nowMs: () => number;
}

/** Creates what rewrites the page; only what differs is touched. */
export function createScreen(options: ScreenOptions): (view: View) => void {
  const { root, texts, locale, nowMs, eventTitle } = options;
  let said: Said = { standing: 'checking', ahead: null, isPaused: false };
  let isFirst = true;
  return (view) => {
    const picture = pictureOf(view.sight, { texts, locale, nowMs: nowMs() });
    const focused = document.activeElement;
    showTexts(root, picture);
    showStep(root, texts, view, picture);
    showProgress(root, picture);
    showStock(root, picture);
    showFoot(root, texts, picture);
    if (view.step.kind === 'none' && !mayPass(view)) root.classList.remove('on-passing');
    // Whoever pressed what has gone stands at the new heading, not at the top of the page.
    if (focused instanceof HTMLElement && focused.closest('[hidden]') !== null)
      find(root, '#status')?.focus();
    document.title = titleOf(view, picture, texts, eventTitle);
    const sentence = announcementOf(said, picture, view.sight, texts);
    if (sentence !== null && !isFirst) write(find(root, '[data-heard]'), sentence);
    if (sentence !== null || isFirst) said = saidOf(picture, view);
    isFirst = false;
  };
}

function saidOf({ standing, texts }: Picture, view: View): Said {
  return { standing, ahead: aheadOf(view), isPaused: texts.paused !== null };
}

/** Finds an element of the page. */
export function find(root: ParentNode, selector: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(selector);
}

function write(element: Element | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text;
}

function showTexts(root: HTMLElement, { texts, parts, tone }: Picture): void {
  const all: Readonly<Record<string, string | boolean | null>> = { ...texts, ...parts };
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]'))
    write(element, String(all[element.dataset['text'] ?? ''] ?? ''));
  for (const element of root.querySelectorAll<HTMLElement>('[data-if]')) {
    const value = all[element.dataset['if'] ?? ''];
    element.hidden = value === null || value === false;
  }
  const card = find(root, '[data-card]');
  if (card !== null) card.dataset['tone'] = tone;
}

function showStep(
  root: HTMLElement,
  texts: LineTexts,
  { step, failures, wantsIn, refused }: View,
  picture: Picture,
): void {
  const isSoon = picture.standing === 'soon';
  const isEarly = isSoon || picture.standing === 'early';
  const promise = isSoon ? texts.willJoinSale : texts.willJoin;
  const sentence = stepSentence(step, texts) ?? (wantsIn && isEarly ? promise : null);
  const line = find(root, '[data-step]');
  write(line, sentence ?? '');
  if (line !== null) line.hidden = sentence === null;
  const isBusy = step.kind === 'joining' || step.kind === 'entering' || step.kind === 'leaving';
  for (const button of root.querySelectorAll<HTMLButtonElement>('[data-form] button'))
    button.disabled = isBusy;
  if (step.kind === 'joining') write(find(root, '[data-text=join]'), texts.joining);
  if (step.kind === 'entering-in') write(find(root, '[data-text=enter]'), texts.enterNow);
  show(root, '[data-await]', isEarly && !wantsIn);
  write(find(root, '[data-await]'), isSoon ? texts.joinWhenSale : texts.joinWhenOpen);
  show(root, '[data-trouble]', failures > 1);
  // What the server said in the page stays until something is done.
  if (refused !== null || isBusy) show(root, '[data-refused]', refused !== null);
  write(
    find(root, '[data-refused-title]'),
    refused?.title ?? find(root, '[data-refused-title]')?.textContent ?? '',
  );
  write(
    find(root, '[data-refused-detail]'),
    refused?.detail ?? find(root, '[data-refused-detail]')?.textContent ?? '',
  );
}

function stepSentence(step: Step, texts: LineTexts): string | null {
  if (step.kind === 'entering-in') return fill(texts.enteringIn, { seconds: step.seconds });
  if (step.kind === 'entering') return texts.entering;
  return step.kind === 'slot-soon' ? texts.slotSoon : null;
}

function show(root: HTMLElement, selector: string, isThere: boolean): void {
  const element = find(root, selector);
  if (element !== null) element.hidden = !isThere;
}

function showProgress(root: HTMLElement, { progress }: Picture): void {
  const percent = String(Math.floor(progress * 100));
  const meter = find(root, '[data-meter]');
  if (meter === null || meter.getAttribute('aria-valuenow') === percent) return;
  meter.setAttribute('aria-valuenow', percent);
  const bar = find(meter, 'i');
  if (bar !== null) bar.style.width = `${percent}%`;
}

function showStock(root: HTMLElement, { stock }: Picture): void {
  show(root, '[data-stock]', stock.length > 0);
  const list = find(root, '[data-stock] ul');
  const text = stock.map(({ grade, left }) => `${grade}${left}`).join('');
  if (list === null || list.textContent?.replace(/\s/g, '') === text.replace(/\s/g, '')) return;
  list.replaceChildren(
    ...stock.map(({ grade, left, isNone }) => {
      const item = document.createElement('li');
      const count = document.createElement('span');
      count.className = 'left';
      count.textContent = left;
      item.classList.toggle('none', isNone);
      item.append(grade, count);
      return item;
    }),
  );
}

function showFoot(root: HTMLElement, texts: LineTexts, { drawText }: Picture): void {
  write(find(root, '[data-draw]'), texts[drawText]);
}

// Hidden until it is sure that there is a line to show.
function mayPass({ sight, wantsIn }: View): boolean {
  return wantsIn || sight.place?.state === 'called';
}

function aheadOf({ sight: { state, place } }: View): number | null {
  return state === null || place === null ? null : peopleAhead(state, place);
}

function titleOf(view: View, picture: Picture, texts: LineTexts, eventTitle: string): string {
  if (picture.standing === 'called') return `${texts.titles.called} · ${eventTitle}`;
  const ahead = picture.standing === 'waiting' ? aheadOf(view) : null;
  if (ahead === 0) return `${texts.aheadNext} · ${eventTitle} · URR`;
  const first = ahead === null ? picture.texts.title : fill(texts.titles.ahead, { count: ahead });
  return `${first ?? ''} · ${eventTitle} · URR`;
}
