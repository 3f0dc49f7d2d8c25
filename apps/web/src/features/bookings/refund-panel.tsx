'use client';

import { useQueryClient } from '@tanstack/react-query';
import type { PaymentView } from '@urr/contracts/payment-shapes.ts';
import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { returnable, runningRefund } from './refund-choice.ts';
import { RefundForm } from './refund-form.tsx';
import { RefundOutcome } from './refund-outcome.tsx';
import { useRefund } from './use-refund.ts';
import { useRefundDeadline } from './use-refund-deadline.ts';

/** What is read anew once a refund was asked for. */
const changed = ['booking', 'tickets'];

/** Gives tickets of a paid booking back: choose, see the amount, confirm, see what became of it. */
export function RefundPanel({
  payment,
  tickets,
  refundableUntil,
}: {
  readonly payment: PaymentView;
  readonly tickets: readonly Ticket[];
  readonly refundableUntil: string | undefined;
}): ReactNode {
  const t = useTranslations('bookings.refund');
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const refund = useRefund(payment, () => {
    // Closed before the tickets are read anew: it would ask what those just given back are worth.
    setOpen(false);
    return Promise.all(changed.map((name) => client.invalidateQueries({ queryKey: [name] })));
  });
  const deadline = useRefundDeadline(refundableUntil);
  const isOver = deadline?.isOver ?? false;
  const canAsk = !isOver && runningRefund(payment) === undefined && returnable(tickets).length > 0;
  return (
    <Card className="grid gap-4">
      <div className="grid gap-1">
        <h2 className="text-lg">{t('title')}</h2>
        {deadline !== undefined && (
          <p className="numeric font-medium">{t(isOver ? 'over' : 'until', { at: deadline.at })}</p>
        )}
        <p className="text-sm text-muted">{t(isOver ? 'overLead' : 'lead')}</p>
      </div>
      <RefundOutcome payment={payment} answer={refund.answer} />
      {canAsk && !isOpen && (
        <Button tone="secondary" className="justify-self-start" onClick={() => setOpen(true)}>
          {t('begin')}
        </Button>
      )}
      {canAsk && isOpen && (
        <RefundForm
          paymentId={payment.paymentId}
          tickets={tickets}
          isBusy={refund.isBusy}
          onAsk={refund.ask}
          onLeave={() => setOpen(false)}
        />
      )}
    </Card>
  );
}
