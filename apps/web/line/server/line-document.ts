import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import type { Theme } from '../../src/design/theme.ts';
import { formatShortMoment } from '../../src/design/format.ts';
import type { Locale } from '../../src/i18n/routing.ts';
import { refreshSeconds } from '../page/look-timing.ts';
import { type Picture, pictureOf } from '../page/picture.ts';
import type { Sight } from '../page/standing.ts';
import type { LineTexts } from '../page/words.ts';
import { footMarkup, sideMarkup, statusMarkup } from './line-parts.ts';
import { html, jsonMarkup, type Markup } from './markup.ts';

/** What every page of the line stands in. */
export interface Frame {
  readonly locale: Locale;
  readonly texts: LineTexts;
  readonly theme: Theme | undefined;
  readonly nonce: string;
  readonly style: Markup;
}

/** One line page. */
export interface LinePage {
  readonly event: Pick<EventDetail, 'eventId' | 'slug' | 'title' | 'venue' | 'startsAt'>;
  readonly sight: Sight;
  readonly nowMs: number;
  /** The reader came to join: the script joins, and shows a line only if there is one. */
  readonly isJoining: boolean;
  /** Nobody waits: who joins will most likely pass straight through. */
  readonly isPassing: boolean;
  /** Title and next step of what was refused before. */
  readonly refused: { readonly title: string; readonly detail: string } | undefined;
  readonly script: { readonly entry: string; readonly modules: readonly string[] };
}

/** The line page as a document. */
export function lineDocument(frame: Frame, page: LinePage): string {
  const { locale, texts } = frame;
  const { event, sight, nowMs } = page;
  const path = `/${locale}/events/${event.slug}`;
  const title = event.title[locale];
  const picture = pictureOf(sight, { texts, locale, nowMs });
  const head = html`${refreshMarkup(sight, nowMs, `${path}/line`)}${scriptMarkup(frame.nonce, page)}`;
  const known = { eventId: event.eventId, path, title, nowMs, isJoining: page.isJoining, sight };
  return documentOf(frame, {
    title: `${picture.texts.title ?? texts.documentTitle} · ${title}`,
    head,
    event: event.slug,
    body: html`<main id="content" ${page.isPassing && html` class="on-passing"`}>
      <header class="show">
        <h1>${title}</h1>
        <p class="muted">${event.venue.name[locale]} · ${formatShortMoment(event.startsAt, locale)}</p>
      </header>
      <p class="passing" role="status">${texts.passing}</p>
      <div class="flow">${refusedMarkup(page.refused)}${flowMarkup(texts, picture, path, sight)}</div>
      <p class="heard" role="status" data-heard></p>
      <script type="application/json" id="known" nonce="${frame.nonce}">
        ${jsonMarkup(known)}
      </script>
    </main>`,
  });
}

/** A page that only says something: no such event, or nobody to ask. `retrySeconds`: it opens again by itself. */
export function plainDocument(
  frame: Frame,
  said: {
    readonly title: string;
    readonly lead: string;
    readonly home?: string;
    readonly retrySeconds?: number;
  },
): string {
  const { retrySeconds, home } = said;
  return documentOf(frame, {
    title: said.title,
    head: retrySeconds === undefined ? html`` : html`<meta http-equiv="refresh" content="${retrySeconds}" />`,
    body: html`<main id="content">
      <div class="flow">
        <section class="card">
          <h1>${said.title}</h1>
          <p>${said.lead}</p>
          ${home !== undefined && html`<p><a href="/${frame.locale}">${home}</a></p>`}
        </section>
      </div>
    </main>`,
  });
}

function documentOf(
  { locale, texts, theme, style }: Frame,
  page: { readonly title: string; readonly head: Markup; readonly body: Markup; readonly event?: string },
): string {
  const other = locale === 'ko' ? 'en' : 'ko';
  const { event } = page;
  return html`<!doctype html>
    <html lang="${locale}" ${theme !== undefined && html` data-theme="${theme}"`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} · URR</title>
        <meta name="robots" content="noindex" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        ${page.head}
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header class="bar">
          <div>
            <a class="logo" href="/${locale}" aria-label="${texts.home}">URR</a> ${
              event !== undefined &&
              html`<a href="/${locale}/events/${event}">${texts.back}</a>
                <a
                  class="lang"
                  href="/${other}/events/${event}/line"
                  hreflang="${other}"
                  lang="${other}"
                  aria-label="${texts.languageLabel}"
                  >${texts.otherLanguage}</a
                >`
            }
          </div>
        </header>
        ${page.body}
      </body>
    </html> `.markup;
}

function flowMarkup(texts: LineTexts, picture: Picture, path: string, sight: Sight): Markup {
  return html`${statusMarkup(texts, picture, path, sight)}${sideMarkup(texts, picture)}${footMarkup(texts, picture, path)}`;
}

function refreshMarkup(sight: Sight, nowMs: number, address: string): Markup {
  const seconds = refreshSeconds(sight, nowMs);
  return seconds === null
    ? html``
    : html`<noscript><meta http-equiv="refresh" content="${seconds}; url=${address}" /></noscript>`;
}

function scriptMarkup(nonce: string, { script }: LinePage): Markup {
  return html`${script.modules.map((address) => html`<link rel="modulepreload" href="${address}" nonce="${nonce}" />`)}
    <script type="module" src="${script.entry}" nonce="${nonce}"></script>`;
}

function refusedMarkup(refused: LinePage['refused']): Markup {
  return html`<div class="notice" role="alert" data-refused${refused === undefined && html` hidden`}>
    <strong data-refused-title>${refused?.title}</strong>
    <p data-refused-detail>${refused?.detail}</p>
  </div>`;
}
