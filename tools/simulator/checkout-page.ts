import { deadlineOf, type Method, type Payment, type PaymentStatus } from './payment.ts';
import type { BuyerAction } from './buyer.ts';
import { html, type Html, type Page } from './html.ts';
import type { PageLanguage } from './page-language.ts';
import { errorRow, type Language } from './provider-error.ts';

type Words = readonly [korean: string, english: string];

const choices: readonly [action: BuyerAction, words: Words][] = [
  ['approve', ['카드로 결제하기', 'Approve by card']],
  ['approve-by-virtual-account', ['가상계좌로 결제하기', 'Pay by virtual account']],
  ['decline', ['카드사 거절', 'Decline']],
  ['decline-at-confirm', ['승인 단계에서 거절', 'Decline at confirmation']],
  ['cancel', ['결제 취소', 'Cancel']],
  ['close', ['창 닫기', 'Close the window']],
];

const statusWords: Readonly<Record<PaymentStatus, Words>> = {
  READY: ['결제 대기', 'Not paid yet'],
  IN_PROGRESS: ['인증 완료, 승인 대기', 'Authenticated, waiting for the shop'],
  WAITING_FOR_DEPOSIT: ['입금 대기', 'Waiting for the deposit'],
  DONE: ['결제 완료', 'Paid'],
  CANCELED: ['전액 취소', 'Refunded'],
  PARTIAL_CANCELED: ['일부 취소', 'Refunded in part'],
  ABORTED: ['결제 실패', 'Failed'],
  EXPIRED: ['시간 만료', 'Expired'],
};

const methodWords: Readonly<Record<Method, Words>> = {
  CARD: ['카드', 'Card'],
  EASY_PAY: ['간편결제', 'Mobile wallet'],
  TRANSFER: ['계좌이체', 'Bank transfer'],
  MOBILE_PHONE: ['휴대폰', 'Phone bill'],
  VIRTUAL_ACCOUNT: ['가상계좌', 'Virtual account'],
};

/** What the simulator's own address shows: what this is, and the pages a person can open by hand. */
export function homePage({ language, query }: PageLanguage, hasMailbox: boolean): Page {
  const mailbox = html`<li>
    <a href="/mailbox${query}">${say(language, ['메일함', 'Mailbox'])}</a>
    <p class="note">${say(language, ['보내는 대신 보관한 메일', 'Mails that are kept instead of sent'])}</p>
  </li>`;
  return {
    ...frame(language, ['모의 결제', 'Payment simulator']),
    path: '/',
    content: html`<h1>${say(language, ['모의 결제', 'Payment simulator'])}</h1>
      <p>
        ${say(language, [
          '토스페이먼츠를 대신하는 모의 결제입니다. 실제로 결제되지 않습니다.',
          'It stands in for Toss Payments: no money moves.',
        ])}
      </p>
      <ul>
        <li>
          <a href="/checkout/deposits${query}">${say(language, ['가상계좌 입금', 'Deposits'])}</a>
          <p class="note">${say(language, ['가상계좌에 입금하는 은행 창구', 'Pay into virtual accounts'])}</p>
        </li>
        ${hasMailbox ? mailbox : null}
      </ul>
      <p class="note">
        ${say(language, [
          '결제창은 상점에서 결제를 시작하면 열립니다.',
          'The payment window opens when you pay in the shop.',
        ])}
      </p>`,
  };
}

/** The payment window: one button for each thing a buyer can do in it. */
export function checkoutPage(payment: Payment, { language, query }: PageLanguage): Page {
  const deadline = deadlineOf(payment);
  return {
    ...frame(language, ['결제하기', 'Payment']),
    path: `/checkout/${payment.paymentKey}`,
    formTargets: [payment.successUrl, payment.failUrl],
    content: html`<h1>${say(language, ['결제하기', 'Payment'])}</h1>
      ${summary(
        payment,
        language,
        deadline === undefined
          ? []
          : [row(language, ['창 마감', 'Window closes'], moment(deadline, language))],
      )}
      <form method="post" action="/checkout/${payment.paymentKey}${query}">
        ${choices.map((choice) => choiceButton(choice, language))}
      </form>
      <p class="note">
        ${say(language, [
          '이 결제창이 닫히는 시각입니다. 상점이 상품을 맡아 두는 시간은 더 짧을 수 있습니다.',
          'This is when the window closes. The shop may keep your order for less time.',
        ])}
      </p>
      ${note(language)}`,
  };
}

function choiceButton([action, words]: (typeof choices)[number], language: Language): Html {
  const kind = action === 'approve' ? 'main' : 'other';
  return html`<button class="${kind}" name="action" value="${action}">${say(language, words)}</button>`;
}

/** What the window shows when there is nothing left to choose, or no shop to go back to. */
export function endedPage(payment: Payment, { language }: PageLanguage): Page {
  return {
    ...frame(language, ['결제창', 'Payment window']),
    path: `/checkout/${payment.paymentKey}`,
    content: html`<h1>${say(language, ['결제창이 닫혔습니다', 'The payment window is closed'])}</h1>
      ${summary(payment, language, [])}
      <p>${say(language, ['이 탭을 닫아도 됩니다.', 'You may close this tab.'])}</p>
      ${note(language)}`,
  };
}

export function receiptPage(payment: Payment, { language }: PageLanguage): Page {
  const { approvedAt, balanceAmount } = payment;
  const approved =
    approvedAt === null ? [] : [row(language, ['승인 일시', 'Approved'], moment(approvedAt, language))];
  const balance = row(language, ['남은 금액', 'Balance'], won(balanceAmount, language));
  return {
    ...frame(language, ['영수증', 'Receipt']),
    path: `/checkout/receipts/${payment.paymentKey}`,
    content: html`<h1>${say(language, ['영수증', 'Receipt'])}</h1>
      ${summary(payment, language, [...approved, balance])}${note(language)}`,
  };
}

/** The bank's counter: virtual accounts with the buttons which pay into them or take the deposit back. */
export function depositsPage(payments: Payment[], { language, query }: PageLanguage): Page {
  const none = html`<p>${say(language, ['가상계좌가 없습니다.', 'There are no virtual accounts.'])}</p>`;
  return {
    ...frame(language, ['가상계좌 입금', 'Deposits']),
    path: '/checkout/deposits',
    content: html`<h1>${say(language, ['가상계좌 입금', 'Deposits'])}</h1>
      ${payments.length === 0 ? none : payments.map((payment) => depositForm(payment, language, query))}
      ${note(language)}`,
  };
}

function depositForm(payment: Payment, language: Language, query: string): Html {
  const waiting = payment.status === 'WAITING_FOR_DEPOSIT';
  const [action, words]: [string, Words] = waiting
    ? ['deposit', ['입금하기', 'Deposit']]
    : ['cancel-deposit', ['입금 취소하기', 'Take the deposit back']];
  const account = row(language, ['계좌번호', 'Account'], payment.virtualAccount?.accountNumber ?? '');
  return html`<section>
    ${summary(payment, language, [account])}
    <form method="post" action="/checkout/deposits/${payment.paymentKey}${query}">
      <button name="action" value="${action}">${say(language, words)}</button>
    </form>
  </section>`;
}

export function errorPage(
  { code, status, detail }: { code: string; status: number; detail: string | undefined },
  { language }: PageLanguage,
): Page {
  const [, korean, english] = errorRow(code);
  return {
    ...frame(language, ['결제 오류', 'Payment error']),
    status,
    content: html`<h1>${say(language, ['결제를 진행할 수 없습니다', 'The payment cannot go on'])}</h1>
      <p>${say(language, [korean, english])}</p>
      <p class="note">${code} ${detail ?? ''}</p>
      ${note(language)}`,
  };
}

function frame(language: Language, title: Words): Pick<Page, 'language' | 'title'> {
  return { language, title: say(language, title) };
}

function note(language: Language): Html {
  return html`<p class="note">
    ${say(language, [
      '모의 결제창입니다. 실제로 결제되지 않습니다.',
      'A simulated payment window: no money moves.',
    ])}
  </p>`;
}

function summary(payment: Payment, language: Language, more: Html[]): Html {
  const { orderName, totalAmount, orderId, status, method } = payment;
  return html`<dl>
    ${row(language, ['주문명', 'For'], orderName)}
    ${row(language, ['결제 금액', 'Amount'], won(totalAmount, language))}
    ${row(language, ['상태', 'State'], say(language, statusWords[status]))}
    ${method === null ? null : row(language, ['결제수단', 'Paid by'], say(language, methodWords[method]))}
    ${more}
    <dt>${say(language, ['주문번호', 'Order number'])}</dt>
    <dd class="number">${orderId}</dd>
  </dl>`;
}

function row(language: Language, words: Words, value: string): Html {
  return html`<dt>${say(language, words)}</dt>
    <dd>${value}</dd>`;
}

function say(language: Language, [korean, english]: Words): string {
  return language === 'en' ? english : korean;
}

function won(amount: number, language: Language): string {
  const digits = amount.toLocaleString('ko-KR');
  return language === 'en' ? `₩${digits}` : `${digits}원`;
}

function moment(at: number, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'ko-KR', {
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'Asia/Seoul',
  });
  const zone = language === 'en' ? 'Korean\u00a0time' : '한국\u00a0시간';
  return `${format.format(at)} (${zone})`;
}
