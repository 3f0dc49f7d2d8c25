import type { Part, Picture, Slot } from '../page/picture.ts';
import type { Sight } from '../page/standing.ts';
import type { LineTexts } from '../page/words.ts';
import { html, type Markup } from './markup.ts';

// The script finds what it rewrites by these: `data-text` holds a text, `data-if` is there while a text or part is.

/** The card that says what the reader is to the line, with its buttons. */
export function statusMarkup(texts: LineTexts, picture: Picture, path: string, sight: Sight): Markup {
  const text = (slot: Slot) => html` data-text="${slot}">${picture.texts[slot]}`;
  return html`<section class="card" data-tone="${picture.tone}" data-card aria-labelledby="status">
<p class="badge"${text('badge')}</p>
<div class="inside"><h2 id="status" tabindex="-1"${text('title')}</h2><p${text('lead')}</p><p data-step hidden></p></div>
<div class="notice"${when(picture, 'pause')}><strong${when(picture, 'paused')}${text('paused')}</strong><p${when(picture, 'notice')}${text('notice')}</p><p${when(picture, 'pausedMeans')}${text('pausedMeans')}</p></div>
${clockMarkup(picture)}${aheadMarkup(texts, picture)}
<dl>${(['number', 'serving', 'wait', 'gathered'] as const).map(
    (slot) => html`<div${when(picture, slot)}><dt>${texts[slot]}</dt><dd${text(slot)}</dd></div>`,
  )}</dl>
<div class="buttons">${formMarkup(picture, path, 'join')}${formMarkup(picture, path, 'enter')}${linksMarkup(texts, picture, path)}
<button class="button second scripted" type="button" data-await hidden></button>
<button class="button second scripted" type="button" aria-pressed="false" data-alarm${when(picture, 'alarm')}>${texts.alarm.off}</button></div>
${sight.session === 'unknown' && html`<p class="plain"><a href="${logInPath(path)}">${texts.logIn}</a></p>`}
<p class="notice" data-trouble hidden>${texts.trouble}</p>
<p class="looked"${when(picture, 'looked')}${text('looked')}</p>
</section>`;
}

/** What is left, and what to expect. */
export function sideMarkup(texts: LineTexts, picture: Picture): Markup {
  const { kept, devices, reload, late } = texts.expect;
  return html`<section class="side" data-stock${picture.stock.length === 0 && html` hidden`}>
      <h2>${texts.stock}</h2>
      <ul class="stock">
        ${picture.stock.map(
          ({ grade, left, isNone }) =>
            html`<li${isNone && html` class="none"`}>${grade}<span class="left">${left}</span></li>`,
        )}
      </ul>
    </section>
    <section class="side" ${when(picture, 'expect')}>
      <h2>${texts.expect.title}</h2>
      <ul>
        ${[kept, devices, late, reload].map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </section>`;
}

/** The ways out: the draw, and giving the place back. */
export function footMarkup(texts: LineTexts, picture: Picture, path: string): Markup {
  return html`<div class="foot">
    <a href="${path}/draw" data-draw${when(picture, 'draw')}>${texts[picture.drawText]}</a>
    <details data-leave${when(picture, 'leave')}>
      <summary>${texts.leave.open}</summary>
      <div class="inside">
        <p>${texts.leave.ask}</p>
        <form method="post" action="${path}/line" data-form="leave">
          <input type="hidden" name="action" value="leave" />
          <button class="button danger">${texts.leave.confirm}</button>
        </form>
      </div>
    </details>
  </div>`;
}

function clockMarkup(picture: Picture): Markup {
  const { clockLabel, clock, moment } = picture.texts;
  return html`<div class="figure" ${when(picture, 'clock')}>
    <p class="muted" data-text="clockLabel">${clockLabel}</p>
    <p class="big" role="timer" data-text="clock">${clock}</p>
    <p class="muted" data-text="moment">${moment}</p>
  </div>`;
}

function aheadMarkup(texts: LineTexts, picture: Picture): Markup {
  const percent = Math.floor(picture.progress * 100);
  return html`<div class="figure" ${when(picture, 'ahead')}>
    <p class="muted">${texts.ahead}</p>
    <p class="big" data-text="ahead">${picture.texts.ahead}</p>
    <div
      class="meter"
      role="progressbar"
      aria-label="${texts.progress}"
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow="${percent}"
      data-meter
    >
      <i style="width:${percent}%"></i>
    </div>
  </div>`;
}

function formMarkup(picture: Picture, path: string, action: 'join' | 'enter'): Markup {
  return html`<form method="post" action="${path}/line" data-form="${action}" ${when(picture, action)}>
    <input type="hidden" name="action" value="${action}" /><button class="button" data-text="${action}">
      ${picture.texts[action]}
    </button>
  </form>`;
}

function linksMarkup(texts: LineTexts, picture: Picture, path: string): Markup {
  const locale = path.slice(0, 3);
  const next = logInPath(path).slice(path.indexOf('/events'));
  return html`<a class="button" ${when(picture, 'signIn')} href="${logInPath(path)}">${texts.logIn}</a>
    <a
      class="button second"
      ${when(picture, 'signIn')}
      href="${locale}/register${next.slice(next.indexOf('?'))}"
      >${texts.register}</a
    >
    <a class="button second" ${when(picture, 'tickets')} href="${locale}/tickets">${texts.tickets}</a>`;
}

/** The page that signs a reader in and comes back to join the line. `path` is the event's, with its language. */
export function logInPath(path: string): string {
  return `${path.slice(0, 3)}/login?${new URLSearchParams({ next: `${path}/line?join=1` }).toString()}`;
}

function when(picture: Picture, name: Slot | Part): Markup {
  const isThere = name in picture.parts ? picture.parts[name as Part] : picture.texts[name as Slot] !== null;
  return html` data-if="${name}"${!isThere && html` hidden`}`;
}
