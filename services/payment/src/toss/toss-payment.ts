import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

const NullableText = Type.Union([Type.String(), Type.Null()]);

/** The fields of a provider's Payment this service relies on; all others are ignored. */
export const TossPayment = Type.Object({
  paymentKey: Type.String(),
  orderId: Type.String(),
  status: Type.String(),
  currency: Type.String(),
  totalAmount: Type.Integer(),
  balanceAmount: Type.Integer(),
  method: Type.Optional(NullableText),
  approvedAt: Type.Optional(NullableText),
  lastTransactionKey: Type.Optional(NullableText),
  secret: Type.Optional(NullableText),
  cancels: Type.Optional(
    Type.Union([
      Type.Array(
        Type.Object({
          transactionKey: Type.String(),
          cancelAmount: Type.Integer(),
          cancelReason: Type.String(),
          canceledAt: Type.String(),
          cancelStatus: Type.Optional(NullableText),
        }),
      ),
      Type.Null(),
    ]),
  ),
});
export type TossPayment = Static<typeof TossPayment>;
export const tossPayment = Compile(TossPayment);

/** One row of `/v1/transactions`. */
export const TossTransaction = Type.Object({
  transactionKey: Type.String(),
  orderId: Type.String(),
  status: Type.String(),
  amount: Type.Integer(),
  transactionAt: Type.String(),
});
export type TossTransaction = Static<typeof TossTransaction>;
export const tossTransactions = Compile(Type.Array(TossTransaction));

export const tossError = Compile(Type.Object({ code: Type.String(), message: Type.String() }));
