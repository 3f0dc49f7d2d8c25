import { Type } from 'typebox';
import type { ProblemDefinition } from '../problem-definition.ts';

/** Refusals of auth-service. */
export const authProblems = {
  'email-taken': {
    status: 409,
    title: { ko: '이미 가입된 이메일입니다.', en: 'This email address already has an account.' },
    action: { ko: '로그인하거나 다른 이메일을 사용해 주세요.', en: 'Sign in, or use another address.' },
    retryable: false,
  },
  'wrong-credentials': {
    status: 401,
    title: { ko: '이메일 또는 비밀번호가 올바르지 않습니다.', en: 'The email or the password is wrong.' },
    action: { ko: '입력한 내용을 확인해 주세요.', en: 'Check what you typed.' },
    retryable: false,
  },
  'sign-in-slowed': {
    status: 429,
    title: { ko: '로그인 실패가 너무 많습니다.', en: 'Too many failed sign-ins.' },
    action: { ko: '안내된 시간이 지난 뒤 다시 시도해 주세요.', en: 'Try again after the time given.' },
    retryable: true,
  },
  'session-over': {
    status: 401,
    title: { ko: '로그인이 만료되었습니다.', en: 'Your session is over.' },
    action: { ko: '다시 로그인해 주세요.', en: 'Sign in again.' },
    retryable: false,
  },
  'session-not-found': {
    status: 404,
    title: { ko: '없는 로그인 기록입니다.', en: 'There is no such session.' },
    action: { ko: '로그인 목록을 다시 확인해 주세요.', en: 'Look in your list of sessions.' },
    retryable: false,
  },
  'account-not-found': {
    status: 404,
    title: { ko: '계정을 찾을 수 없습니다.', en: 'There is no such account.' },
    action: { ko: '계정 목록을 확인해 주세요.', en: 'Look in the list of accounts.' },
    retryable: false,
  },
  'reset-link-over': {
    status: 410,
    title: {
      ko: '비밀번호 재설정 링크가 만료되었거나 이미 사용되었습니다.',
      en: 'This link has expired or was used already.',
    },
    action: { ko: '재설정 메일을 다시 요청해 주세요.', en: 'Ask for a new link.' },
    retryable: false,
  },
  'mail-not-found': {
    status: 404,
    title: { ko: '없는 메일입니다.', en: 'There is no such mail.' },
    action: { ko: '메일함 목록을 다시 확인해 주세요.', en: 'Look in the list of mails.' },
    retryable: false,
  },
  'last-admin': {
    status: 409,
    title: { ko: '마지막 관리자의 권한은 바꿀 수 없습니다.', en: 'The last admin must stay an admin.' },
    action: { ko: '먼저 다른 관리자를 지정해 주세요.', en: 'Make another account an admin first.' },
    retryable: false,
  },
  'google-not-configured': {
    status: 404,
    title: { ko: 'Google 로그인을 사용할 수 없습니다.', en: 'Google sign-in is not offered here.' },
    action: { ko: '이메일과 비밀번호로 로그인해 주세요.', en: 'Sign in with email and password.' },
    retryable: false,
  },
  'google-token-refused': {
    status: 401,
    title: { ko: 'Google 로그인을 확인할 수 없습니다.', en: 'The Google sign-in could not be verified.' },
    action: { ko: 'Google 로그인을 다시 시작해 주세요.', en: 'Start the Google sign-in again.' },
    retryable: false,
  },
  'google-email-in-use': {
    status: 409,
    title: {
      ko: '같은 이메일의 계정이 이미 있습니다.',
      en: 'An account with this email exists already.',
    },
    action: {
      ko: '비밀번호로 로그인한 뒤 Google 계정을 연결해 주세요.',
      en: 'Sign in with its password, then link Google.',
    },
    retryable: false,
    data: Type.Object({
      reason: Type.Union([
        Type.Literal('sign-in-to-link'),
        Type.Literal('other-email'),
        Type.Literal('linked-elsewhere'),
      ]),
    }),
  },
} as const satisfies Record<string, ProblemDefinition>;
