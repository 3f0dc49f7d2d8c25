import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { buyerActions } from './buyer.ts';
import { checkoutPage, depositsPage, endedPage, errorPage, homePage, receiptPage } from './checkout-page.ts';
import { moveDeposit, parseDepositAction, recentAccounts } from './deposits.ts';
import { sendPage } from './html.ts';
import { pairOfClientKey } from './key-pairs.ts';
import { parseWindowQuery } from './opening.ts';
import { type PageLanguage, pageLanguage } from './page-language.ts';
import { chooseInWindow, isOpen, openWindow, paymentInWindow, type WindowDeps } from './payment-window.ts';
import { ProviderError } from './provider-error.ts';
import { readForm } from './request-body.ts';

type ByKey = { Params: { paymentKey: string } };

/** The hosted window and the bank's counter, for people. */
export function addCheckoutRoutes(app: FastifyInstance, deps: WindowDeps): void {
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof ProviderError)) throw error;
    return sendPage(reply, errorPage(error, languageOf(request)));
  });
  app.get('/', (request, reply) => {
    // Mounted beside these pages where mails are kept instead of sent.
    const hasMailbox = app.hasRoute({ method: 'GET', url: '/mailbox' });
    return sendPage(reply, homePage(languageOf(request), hasMailbox));
  });
  app.get('/checkout', (request, reply) => {
    const query = parseWindowQuery(request.query);
    const pair = pairOfClientKey(deps.config.keyPairs, query.clientKey);
    return sendPage(reply, checkoutPage(openWindow(deps, pair, query), languageOf(request)));
  });
  app.get<ByKey>('/checkout/:paymentKey', (request, reply) => {
    deps.ledger.expireDue();
    const payment = paymentInWindow(deps, request.params.paymentKey);
    const page = isOpen(payment) ? checkoutPage : endedPage;
    return sendPage(reply, page(payment, languageOf(request)));
  });
  app.post<ByKey>('/checkout/:paymentKey', (request, reply) => {
    const chosen = readForm(request).get('action');
    const action = buyerActions.find((known) => known === chosen);
    if (action === undefined) throw new ProviderError('INVALID_REQUEST', 'action');
    const { payment, redirectUrl } = chooseInWindow(deps, request.params.paymentKey, { action });
    if (redirectUrl !== null) return seeOther(reply, redirectUrl);
    return sendPage(reply, endedPage(payment, languageOf(request)));
  });
  app.get<ByKey>('/checkout/receipts/:paymentKey', (request, reply) =>
    sendPage(reply, receiptPage(paymentInWindow(deps, request.params.paymentKey), languageOf(request))),
  );
  addDepositRoutes(app, deps);
}

function addDepositRoutes(app: FastifyInstance, deps: WindowDeps): void {
  app.get('/checkout/deposits', (request, reply) =>
    sendPage(reply, depositsPage(recentAccounts(deps.ledger), languageOf(request))),
  );
  app.post<ByKey>('/checkout/deposits/:paymentKey', (request, reply) => {
    moveDeposit(deps.ledger, request.params.paymentKey, parseDepositAction(readForm(request).get('action')));
    return seeOther(reply, `/checkout/deposits${languageOf(request).query}`);
  });
}

function languageOf({ query, headers }: FastifyRequest): PageLanguage {
  return pageLanguage(query, headers['accept-language']);
}

// 303: the browser must fetch the next page with GET.
function seeOther(reply: FastifyReply, url: string): FastifyReply {
  return reply.code(303).header('location', url).header('cache-control', 'no-store').send();
}
