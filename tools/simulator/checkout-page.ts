import { deadlineOf, type Payment } from './payment.ts';
import type { BuyerAction } from './buyer.ts';
import { toKst } from './clock.ts';
import { bilingual, html, type Html, type Page } from './html.ts';
import { methodName } from './payment-view.ts';
import { errorRow } from './provider-error.ts';

const choices: readonly [action: BuyerAction, korean: string, english: string][] = [
  ['approve', '카드로 결제하기', 'Approve by card'],
  ['approve-by-virtual-account', '가상계좌로 결제하기', 'Pay by virtual account'],
  ['decline', '카드사 거절', 'Decline'],
  ['decline-at-confirm', '승인 단계에서 거절', 'Decline at confirmation'],
  ['cancel', '결제 취소', 'Cancel'],
  ['close', '창 닫기', 'Close the window'],
];

const note = html`<p class="note">
  ${bilingual('모의 결제창입니다. 실제로 결제되지 않습니다.', 'A simulated payment window: no money moves.')}
</p>`;

/** The payment window: one button for each thing a buyer can do in it. */
export function checkoutPage(payment: Payment): Page {
  const deadline = deadlineOf(payment);
  return {
    title: '결제하기 · Payment',
    formTargets: [payment.successUrl, payment.failUrl],
    content: html`<h1>${bilingual('결제하기', 'Payment')}</h1>
      ${summary(payment, deadline === undefined ? [] : [row('결제 기한', 'Pay before', toKst(deadline))])}
      <form method="post" action="/checkout/${payment.paymentKey}">${choices.map(choiceButton)}</form>
      ${note}`,
  };
}

function choiceButton([action, korean, english]: (typeof choices)[number]): Html {
  const kind = action === 'approve' ? 'main' : 'other';
  return html`<button class="${kind}" name="action" value="${action}">${bilingual(korean, english)}</button>`;
}

/** What the window shows when there is nothing left to choose, or no shop to go back to. */
export function endedPage(payment: Payment): Page {
  return {
    title: '결제창 · Payment window',
    content: html`<h1>${bilingual('결제창이 닫혔습니다', 'The payment window is closed')}</h1>
      ${summary(payment, [])}
      <p>${bilingual('이 탭을 닫아도 됩니다.', 'You may close this tab.')}</p>
      ${note}`,
  };
}

export function receiptPage(payment: Payment): Page {
  const approvedAt = payment.approvedAt === null ? '-' : toKst(payment.approvedAt);
  return {
    title: '영수증 · Receipt',
    content: html`<h1>${bilingual('영수증', 'Receipt')}</h1>
      ${summary(payment, [row('승인 일시', 'Approved at', approvedAt), row('남은 금액', 'Balance', won(payment.balanceAmount))])}${note}`,
  };
}

/** The bank's counter: virtual accounts with the buttons which pay into them or take the deposit back. */
export function depositsPage(payments: Payment[]): Page {
  const none = html`<p>${bilingual('가상계좌가 없습니다.', 'There are no virtual accounts.')}</p>`;
  return {
    title: '가상계좌 입금 · Deposits',
    content: html`<h1>${bilingual('가상계좌 입금', 'Deposits')}</h1>
      ${payments.length === 0 ? none : payments.map(depositForm)}${note}`,
  };
}

function depositForm(payment: Payment): Html {
  const waiting = payment.status === 'WAITING_FOR_DEPOSIT';
  const [action, label] = waiting
    ? ['deposit', bilingual('입금하기', 'Deposit')]
    : ['cancel-deposit', bilingual('입금 취소하기', 'Take the deposit back')];
  const account = row('계좌번호', 'Account', payment.virtualAccount?.accountNumber ?? '-');
  return html`<section>
    ${summary(payment, [account])}
    <form method="post" action="/checkout/deposits/${payment.paymentKey}">
      <button name="action" value="${action}">${label}</button>
    </form>
  </section>`;
}

export function errorPage(code: string, status: number, detail: string | undefined): Page {
  const [, korean, english] = errorRow(code);
  return {
    title: '결제 오류 · Payment error',
    status,
    content: html`<h1>${bilingual('결제를 진행할 수 없습니다', 'The payment cannot go on')}</h1>
      <p>${bilingual(korean, english)}</p>
      <p class="note">${code} ${detail ?? ''}</p>
      ${note}`,
  };
}

function summary(payment: Payment, more: Html[]): Html {
  return html`<dl>
    ${row('주문명', 'Order', payment.orderName)}${row('결제 금액', 'Amount', won(payment.totalAmount))}${row('주문번호', 'Order id', payment.orderId)}${row('상태', 'Status', payment.status)}${row('결제수단', 'Method', methodName(payment.method) ?? '-')}${more}
  </dl>`;
}

function row(korean: string, english: string, value: string): Html {
  return html`<dt>${bilingual(korean, english)}</dt>
    <dd>${value}</dd>`;
}

function won(amount: number): string {
  return `${amount.toLocaleString('ko-KR')}원`;
}
