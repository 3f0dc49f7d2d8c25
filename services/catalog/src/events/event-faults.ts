import type { BilingualText } from '@urr/contracts/problem-definition.ts';

/** One fact of an event that does not fit, by the path of its field. */
export interface EventFault {
  readonly path: string;
  readonly message: BilingualText;
}

export const eventFaults = {
  slugLikeId: { ko: 'ID처럼 생긴 이름은 쓸 수 없습니다.', en: 'A slug must not look like an id.' },
  notATime: {
    ko: '시각이 아닙니다. 예: 2027-05-01T19:00:00+09:00, +14d 19:00, +10m',
    en: 'This is not a time such as 2027-05-01T19:00:00+09:00, +14d 19:00 or +10m.',
  },
  endsBeforeOpening: { ko: '판매가 시작 전에 끝납니다.', en: 'The sale ends before it opens.' },
  endsAfterStart: { ko: '판매가 공연 시작 뒤에 끝납니다.', en: 'The sale ends after the show begins.' },
  oneKindOfPlaces: {
    ko: '등급별 가격(prices)과 구역(pools) 가운데 하나만 있어야 합니다.',
    en: 'Give either prices by grade or pools, one of the two.',
  },
  pricesNeedHall: {
    ko: '등급별 가격에는 공연장(venue.hall)이 필요합니다.',
    en: 'Prices by grade need a hall (venue.hall).',
  },
  poolsInHall: {
    ko: '좌석이 있는 공연장에서는 구역(pools)을 팔 수 없습니다.',
    en: 'An event in a hall with seats sells no pools.',
  },
  unknownHall: { ko: '등록되지 않은 공연장입니다.', en: 'There is no such hall; import it first.' },
  gradeNotInHall: { ko: '공연장에 없는 등급입니다.', en: 'The hall has no places of this grade.' },
  repeatedGrade: { ko: '같은 등급의 구역이 둘입니다.', en: 'Another pool has the same grade.' },
  gradeWithoutPrice: { ko: '이 등급의 가격이 없습니다.', en: 'This grade has no price.' },
  noPlaces: { ko: '팔 자리가 없습니다.', en: 'There are no places to sell.' },
  saleOver: { ko: '판매 기간이 이미 지났습니다.', en: 'The sale would already be over.' },
  otherHall: {
    ko: '공개한 공연의 공연장은 바꿀 수 없습니다.',
    en: 'The hall of a published event cannot change.',
  },
  missingPool: {
    ko: '공개한 공연의 구역은 없앨 수 없습니다.',
    en: 'A pool of a published event cannot be removed.',
  },
  smallerPool: {
    ko: '공개한 공연의 수량은 줄일 수 없습니다.',
    en: 'The quantity of a published pool cannot become less.',
  },
} as const satisfies Record<string, BilingualText>;
