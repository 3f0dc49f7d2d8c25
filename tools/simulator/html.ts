import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Language } from './provider-error.ts';

const style = `
:root{color-scheme:light dark;font-family:system-ui,'Apple SD Gothic Neo','Malgun Gothic',sans-serif;line-height:1.5}
body{margin:0;background:#f2f4f6;color:#191f28}
main{max-width:28rem;margin:2rem auto;padding:1.5rem;background:#fff;border-radius:1rem}
h1{font-size:1.25rem;margin:0 0 1rem}
.note{color:#4e5968;font-size:.9rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 1.25rem}
dt{color:#4e5968}dd.number{grid-column:1/-1;font-size:.85rem;white-space:nowrap;overflow-x:auto}dd{margin:0;text-align:right;overflow-wrap:anywhere;word-break:keep-all}
form{display:grid;gap:.5rem;margin:0 0 1rem}
button{font:inherit;min-height:3rem;padding:.5rem 1rem;border:1px solid #6b7684;border-radius:.75rem;background:#fff;color:#191f28;cursor:pointer}
button.main{background:#1b64da;border-color:#1b64da;color:#fff;font-weight:600}
button:focus-visible,a:focus-visible{outline:3px solid #ff8a00;outline-offset:2px}
.language{margin:0;text-align:right;font-size:.9rem}.language a{color:inherit;display:inline-block;padding:.5rem 0}
@media (prefers-color-scheme:dark){body{background:#101013;color:#e4e4e5}main{background:#1c1c20}
dt,.note{color:#b0b8c1}button{background:#1c1c20;color:#e4e4e5;border-color:#8b95a1}button.main{background:#1b64da;color:#fff}}
`;
// One value, because the policy's hash is of everything between the tags, blanks included.
const styleTag: Html = { markup: `<style>${style}</style>` };
const styleHash = createHash('sha256').update(style).digest('base64');

/** A piece of markup which is already escaped. */
export type Html = { readonly markup: string };

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Value = Html | Html[] | string | number | null;

/** Template tag: every value is escaped unless it came out of this tag itself. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return {
    markup: parts.reduce((markup, part, index) => `${markup}${markupOf(values[index - 1] ?? '')}${part}`),
  };
}

function markupOf(value: Value): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((part) => part.markup).join('');
  if (typeof value === 'object') return value.markup;
  return String(value).replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

export type Page = {
  language: Language;
  title: string;
  content: Html;
  status?: number;
  /** Where the same page is shown again; it has a link to its other language then. */
  path?: string;
  formTargets?: (string | null)[];
};

export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  const document = html`<!doctype html>
    <html lang="${page.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        ${styleTag}
      </head>
      <body>
        <main>${page.path === undefined ? null : languageLink(page.path, page.language)}${page.content}</main>
      </body>
    </html>`;
  return reply
    .code(page.status ?? 200)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', policyFor(page.formTargets ?? []))
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .send(document.markup);
}

function languageLink(path: string, language: Language): Html {
  const [other, name] = language === 'en' ? ['ko', '한국어'] : ['en', 'English'];
  return html`<p class="language">
    <a href="${path}?lang=${other}" lang="${other}" hreflang="${other}">${name}</a>
  </p>`;
}

// Browsers hold a form's redirect to form-action too, so the shop's origins must be listed.
function policyFor(formTargets: (string | null)[]): string {
  const origins = formTargets.flatMap((url) => (url === null ? [] : [new URL(url).origin]));
  const targets = ["'self'", ...new Set(origins)].join(' ');
  return `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'; form-action ${targets}`;
}
