import { formatMoment, formatWon } from './format.ts';
import type { Language } from '@urr/platform/language.ts';
import { type Bilingual, type Letter, link, type PageUrl, text } from './letter.ts';

/** What is told of bought tickets. */
export interface Booking {
  readonly reservationId: string;
  /** Won. */
  readonly amount: number;
  readonly quantity: number;
  readonly show: { readonly title: Bilingual; readonly venue: Bilingual; readonly startsAt: string };
  readonly seats: readonly { readonly section: string; readonly row: string; readonly seat: string }[];
  readonly places: readonly { readonly name: Bilingual; readonly quantity: number }[];
}

/** What is told of money that went back. */
export interface RefundTold {
  readonly reservationId: string;
  readonly amount: number;
  readonly orderName: string;
  /** 0: the places were gone before the money came. */
  readonly ticketCount: number;
}

/** What is told of a cancelled show; the money is on its way. */
export interface CancelledTold {
  readonly reservationId: string;
  readonly amount: number;
  readonly title: Bilingual;
}

const names = {
  show: { ko: '공연', en: 'Show' },
  moment: { ko: '일시', en: 'When' },
  venue: { ko: '장소', en: 'Where' },
  seats: { ko: '좌석', en: 'Seats' },
  quantity: { ko: '매수', en: 'Tickets' },
  amount: { ko: '결제 금액', en: 'Paid' },
  refund: { ko: '환불 금액', en: 'Refund' },
  order: { ko: '주문', en: 'Order' },
} satisfies Record<string, Bilingual>;

type Row = readonly [name: string, value: string];

function facts(language: Language, rows: readonly (readonly [Bilingual, string | undefined])[]) {
  const told = rows.flatMap(([name, value]): Row[] => (value === undefined ? [] : [[name[language], value]]));
  return { kind: 'facts', rows: told } as const;
}

export function ticketsBookedLetter(language: Language, page: PageUrl, booking: Booking): Letter {
  const { show, amount, quantity, reservationId } = booking;
  const title = show.title[language];
  const details = facts(language, [
    [names.show, title],
    [names.moment, formatMoment(show.startsAt, language)],
    [names.venue, show.venue[language]],
    [names.seats, placesOf(booking, language)],
    [names.quantity, language === 'ko' ? `${quantity}매` : String(quantity)],
    [names.amount, formatWon(amount, language)],
  ]);
  const url = page(`/reservations/${reservationId}`);
  if (language === 'ko') {
    return {
      subject: `[URR] 예매가 완료되었습니다: ${title}`,
      parts: [
        text('예매가 완료되었습니다. 입장할 때 보여 줄 티켓은 내 티켓에 있습니다.'),
        details,
        link('예매 내역 보기', url),
      ],
    };
  }
  return {
    subject: `[URR] Your tickets are booked: ${title}`,
    parts: [
      text('Your tickets are booked. Those to show at the door are among your tickets.'),
      details,
      link('See the booking', url),
    ],
  };
}

function placesOf({ seats, places }: Booking, language: Language): string | undefined {
  const labelled = seats
    .filter(({ seat }) => seat !== '')
    .map(({ section, row, seat }) =>
      language === 'ko' ? `${section} ${row}열 ${seat}번` : `${section} row ${row} seat ${seat}`,
    );
  const counted = places.map(({ name, quantity }) => `${name[language]} × ${quantity}`);
  const all = [...labelled, ...counted];
  return all.length === 0 ? undefined : all.join(', ');
}

export function refundDoneLetter(language: Language, page: PageUrl, refund: RefundTold): Letter {
  const { amount, orderName, reservationId, ticketCount } = refund;
  const details = facts(language, [
    [names.order, orderName],
    [names.refund, formatWon(amount, language)],
  ]);
  const url = page(`/reservations/${reservationId}`);
  if (language === 'ko') {
    const reason =
      ticketCount === 0
        ? '결제가 끝나기 전에 좌석 선점 시간이 지나 예매하지 못했습니다. 결제하신 금액을 돌려드렸습니다.'
        : '환불이 완료되었습니다.';
    return {
      subject: '[URR] 환불이 완료되었습니다',
      parts: [
        text(`${reason} 카드사에 따라 며칠 뒤에 표시될 수 있습니다.`),
        details,
        link('예매 내역 보기', url),
      ],
    };
  }
  const reason =
    ticketCount === 0
      ? 'Your seats were no longer held when the payment came through. What you paid was given back.'
      : 'Your refund is done.';
  return {
    subject: '[URR] Your refund is done',
    parts: [
      text(`${reason} Your bank may take some days to show it.`),
      details,
      link('See the booking', url),
    ],
  };
}

export function eventCancelledLetter(language: Language, page: PageUrl, told: CancelledTold): Letter {
  const title = told.title[language];
  const details = facts(language, [
    [names.show, title],
    [names.refund, formatWon(told.amount, language)],
  ]);
  const url = page(`/reservations/${told.reservationId}`);
  if (language === 'ko') {
    return {
      subject: `[URR] 공연이 취소되었습니다: ${title}`,
      parts: [
        text('예매하신 공연이 취소되었습니다. 따로 신청하지 않으셔도 전액을 환불해 드립니다.'),
        details,
        link('예매 내역 보기', url),
      ],
    };
  }
  return {
    subject: `[URR] The show is cancelled: ${title}`,
    parts: [
      text(
        'The show you booked is cancelled. Your money comes back in full; there is nothing you need to do.',
      ),
      details,
      link('See the booking', url),
    ],
  };
}
