import type { MailboxEntry, MailboxMail } from '@urr/contracts/auth-mailbox.ts';
import { html, type Html, type Page } from '../simulator/html.ts';
import type { PageLanguage } from '../simulator/page-language.ts';

const words = {
  title: { ko: '메일함', en: 'Mailbox' },
  note: {
    ko: '메일 서버가 설정되지 않아 메일을 보내는 대신 여기에 보관합니다.',
    en: 'No mail server is configured: mails are kept here instead of being sent.',
  },
  none: { ko: '아직 메일이 없습니다.', en: 'There is no mail yet.' },
  missing: {
    ko: '열 수 없습니다. 목록을 새로 고쳐 주세요.',
    en: 'It cannot be opened. Load the list again.',
  },
  back: { ko: '목록', en: 'All mails' },
  asHtml: { ko: 'HTML로 보기', en: 'As HTML' },
  to: { ko: '받는 사람', en: 'To' },
  at: { ko: '받은 시각', en: 'Received' },
};

/** All mails, newest first. */
export function listPage(mails: readonly MailboxEntry[], { language, query }: PageLanguage): Page {
  const items = mails.map(
    (mail) =>
      html`<li>
        <p>
          <a href="/mailbox/${mail.mailId}${query}">${mail.subject}</a><br />
          <span class="note">${mail.recipient} · ${momentOf(mail.receivedAt, language)}</span>
        </p>
      </li>`,
  );
  return {
    language,
    title: words.title[language],
    path: '/mailbox',
    content: html`<h1>${words.title[language]}</h1>
      <p class="note">${words.note[language]}</p>
      ${
        items.length === 0
          ? html`<p>${words.none[language]}</p>`
          : html`<ul>
              ${items}
            </ul>`
      }`,
  };
}

/** One mail, as its plain text reads; its links can be followed. */
export function mailPage(mail: MailboxMail, { language, query }: PageLanguage): Page {
  return {
    language,
    title: mail.subject,
    path: `/mailbox/${mail.mailId}`,
    content: html`<p><a href="/mailbox${query}">${words.back[language]}</a></p>
      <h1>${mail.subject}</h1>
      <dl>
        <dt>${words.to[language]}</dt>
        <dd>${mail.recipient}</dd>
        <dt>${words.at[language]}</dt>
        <dd>${momentOf(mail.receivedAt, language)}</dd>
      </dl>
      ${mail.text
        .trim()
        .split(/\n{2,}/)
        .map((paragraph) => html`<p>${linesOf(paragraph)}</p>`)}
      <p><a href="/mailbox/${mail.mailId}/html">${words.asHtml[language]}</a></p>`,
  };
}

/** Where there is nothing to show. */
export function nothingPage({ language, query }: PageLanguage, status: number): Page {
  return {
    language,
    status,
    title: words.title[language],
    content: html`<h1>${words.title[language]}</h1>
      <p>${words.missing[language]}</p>
      <p><a href="/mailbox${query}">${words.back[language]}</a></p>`,
  };
}

function linesOf(paragraph: string): Html[] {
  return paragraph
    .split('\n')
    .map((line) =>
      /^https?:\/\/\S+$/.test(line) ? html`<a href="${line}">${line}</a><br />` : html`${line}<br />`,
    );
}

function momentOf(instant: string, language: PageLanguage['language']): string {
  const format = new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'Asia/Seoul',
  });
  return format.format(new Date(instant));
}
