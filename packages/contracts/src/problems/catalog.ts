import { Type } from 'typebox';
import type { ProblemDefinition } from '../problem-definition.ts';
import { Bilingual, Nullable } from '../primitives.ts';

const fields = Type.Object({
  errors: Type.Array(Type.Object({ path: Type.String(), message: Bilingual })),
});

/** Refusals of catalog-service. */
export const catalogProblems = {
  'event-not-found': {
    status: 404,
    title: { ko: '공연을 찾을 수 없습니다.', en: 'There is no such event.' },
    action: { ko: '공연 목록에서 다시 찾아 주세요.', en: 'Look for it in the list of events.' },
    retryable: false,
  },
  'artist-not-found': {
    status: 404,
    title: { ko: '아티스트를 찾을 수 없습니다.', en: 'There is no such artist.' },
    action: { ko: '아티스트 목록에서 다시 찾아 주세요.', en: 'Look in the list of artists.' },
    retryable: false,
  },
  'hall-not-found': {
    status: 404,
    title: { ko: '공연장을 찾을 수 없습니다.', en: 'There is no such hall.' },
    action: { ko: '공연장 목록을 확인해 주세요.', en: 'Look in the list of halls.' },
    retryable: false,
  },
  'hall-file-refused': {
    status: 422,
    title: {
      ko: '좌석 파일에 고칠 곳이 있어 받지 않았습니다.',
      en: 'The hall file has faults; nothing was imported.',
    },
    action: {
      ko: '표시된 줄을 고쳐 다시 올려 주세요.',
      en: 'Correct the listed lines and send the whole file again.',
    },
    retryable: false,
    data: Type.Object({
      total: Type.Integer({ description: 'All faults; at most 100 are listed' }),
      errors: Type.Array(
        Type.Object({ line: Type.Integer(), column: Nullable(Type.String()), message: Bilingual }),
      ),
    }),
  },
  'event-not-valid': {
    status: 422,
    title: { ko: '공연 정보에 맞지 않는 값이 있습니다.', en: 'Some facts of the event do not fit together.' },
    action: { ko: '표시된 항목을 고쳐 주세요.', en: 'Correct the listed fields.' },
    retryable: false,
    data: fields,
  },
  'slug-taken': {
    status: 409,
    title: { ko: '이미 쓰이는 주소 이름입니다.', en: 'Another event already has this slug.' },
    action: { ko: '다른 이름을 골라 주세요.', en: 'Choose another slug.' },
    retryable: false,
  },
  'event-not-publishable': {
    status: 422,
    title: { ko: '아직 공개할 수 없는 공연입니다.', en: 'The event cannot be published yet.' },
    action: {
      ko: '표시된 항목을 고친 뒤 다시 공개해 주세요.',
      en: 'Correct what is listed, then publish again.',
    },
    retryable: false,
    data: Type.Object({
      errors: Type.Array(Type.Object({ path: Type.String(), message: Bilingual })),
      gradesWithoutPrice: Type.Array(Type.String()),
    }),
  },
  'event-cancelled': {
    status: 409,
    title: { ko: '취소된 공연입니다.', en: 'The event is cancelled.' },
    action: { ko: '새 공연을 만들어 주세요.', en: 'Create a new event instead.' },
    retryable: false,
  },
  'sale-already-open': {
    status: 409,
    title: {
      ko: '이미 판매를 시작해 시작 시각을 바꿀 수 없습니다.',
      en: 'The sale has opened; its opening cannot move.',
    },
    action: {
      ko: '시작 시각을 그대로 두고 다시 보내 주세요.',
      en: 'Leave the opening as it is and send again.',
    },
    retryable: false,
  },
  'published-places-fixed': {
    status: 409,
    title: {
      ko: '공개한 공연의 공연장과 판매 수량은 줄이거나 바꿀 수 없습니다.',
      en: 'The hall of a published event cannot change, nor may its places become fewer.',
    },
    action: {
      ko: '수량은 늘리기만 하거나, 새 공연을 만들어 주세요.',
      en: 'Only add places, or create a new event.',
    },
    retryable: false,
    data: fields,
  },
  'image-not-found': {
    status: 404,
    title: { ko: '이미지를 찾을 수 없습니다.', en: 'There is no such picture.' },
    action: { ko: '공연 페이지를 다시 열어 주세요.', en: 'Open the page of the event again.' },
    retryable: false,
  },
  'image-unreadable': {
    status: 422,
    title: {
      ko: 'JPEG, PNG 또는 WebP 이미지로 읽을 수 없는 파일입니다.',
      en: 'The file cannot be read as a JPEG, PNG or WebP picture.',
    },
    action: {
      ko: '다른 파일을 고르거나, JPEG·PNG·WebP로 다시 저장해 주세요.',
      en: 'Choose another file, or save it anew as JPEG, PNG or WebP.',
    },
    retryable: false,
    data: Type.Object({
      declared: Type.String({ description: 'Media type the file was sent as' }),
      found: Nullable(Type.String({ description: 'Media type its content shows' })),
    }),
  },
  'image-dimensions': {
    status: 422,
    title: { ko: '이미지가 너무 작거나 큽니다.', en: 'The picture is too small or too large.' },
    action: {
      ko: '가로와 세로를 200~6000픽셀, 모두 2,400만 픽셀 이하로 맞춰 주세요.',
      en: 'Give each side 200 to 6000 pixels, and no more than 24 million in all.',
    },
    retryable: false,
    data: Type.Object({ width: Type.Integer(), height: Type.Integer() }),
  },
  'image-changed-too-often': {
    status: 429,
    title: {
      ko: '이 공연의 이미지를 짧은 시간에 너무 여러 번 바꿨습니다.',
      en: 'The picture of this event was changed too often in a short time.',
    },
    action: { ko: '몇 분 뒤에 다시 올려 주세요.', en: 'Upload it again in a few minutes.' },
    retryable: true,
  },
} as const satisfies Record<string, ProblemDefinition>;
