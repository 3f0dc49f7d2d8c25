import { createHash } from 'node:crypto';
import type { ProblemDefinition } from '@urr/contracts/problem-definition.ts';
import { problemTable } from '@urr/contracts/problem-table.ts';

const style = `:root{color-scheme:light dark;font-family:system-ui,'Apple SD Gothic Neo','Malgun Gothic',sans-serif;line-height:1.5}
body{max-width:42rem;margin:2rem auto;padding:0 1rem}section{padding:.25rem 1rem;border-radius:.5rem}
section:target{outline:3px solid #ff8a00}h2{font-size:1rem}h2 small{font-weight:400}`;

/** Nothing but the page's own style. */
export const problemsPagePolicy = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
].join('; ');

/** Where the `type` of a problem document leads: every refusal under its code, in both languages. */
export function problemsPage(): string {
  const sections = Object.entries(problemTable as Record<string, ProblemDefinition>).map(sectionOf);
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>URR: problems</title><style>${style}</style></head><body>`,
    '<h1>Problems</h1><p>Everything URR can refuse with (RFC 9457). <a href="/docs">API reference</a></p>',
    ...sections,
    '</body></html>\n',
  ].join('\n');
}

function sectionOf([code, { status, title, action, retryable }]: [string, ProblemDefinition]): string {
  const later = retryable ? 'may succeed later as it is' : 'will not succeed unchanged';
  return [
    `<section id="${code}"><h2><a href="#${code}">${code}</a> <small>${status}, ${later}</small></h2>`,
    `<p lang="ko"><b>${escaped(title.ko)}</b> ${escaped(action.ko)}</p>`,
    `<p lang="en"><b>${escaped(title.en)}</b> ${escaped(action.en)}</p></section>`,
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
