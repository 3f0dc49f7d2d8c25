import { passwordResetMinutes } from '@urr/contracts/auth-recovery.ts';
import { formatMoment } from './format.ts';
import type { Language } from '@urr/platform/language.ts';
import { type Letter, link, type PageUrl, text } from './letter.ts';

// None of these names the person: whoever registers somebody else's address could write to its owner through the name.

export function welcomeLetter(language: Language, page: PageUrl): Letter {
  if (language === 'ko') {
    return {
      subject: '[URR] 가입을 환영합니다',
      parts: [
        text('URR 티켓에 가입해 주셔서 감사합니다. 이제 공연을 찾아보고 예매할 수 있습니다.'),
        link('공연 둘러보기', page('')),
        text('직접 가입하지 않으셨다면 비밀번호를 재설정해 이 계정을 본인의 것으로 바꿀 수 있습니다.'),
        link('비밀번호 재설정', page('/forgot-password')),
      ],
    };
  }
  return {
    subject: '[URR] Welcome',
    parts: [
      text('Thank you for joining URR. You can look for shows and book tickets now.'),
      link('See the shows', page('')),
      text('If it was not you who registered, set a new password and the account is yours.'),
      link('Set a new password', page('/forgot-password')),
    ],
  };
}

export function passwordResetLetter(language: Language, page: PageUrl, token: string): Letter {
  // Behind the hash, which a browser sends to nobody: no log on the way keeps the token.
  const url = page(`/reset-password#${token}`);
  if (language === 'ko') {
    return {
      subject: '[URR] 비밀번호 재설정',
      parts: [
        text(
          `아래 링크에서 새 비밀번호를 정해 주세요. 링크는 ${passwordResetMinutes}분 동안 한 번만 쓸 수 있습니다.`,
        ),
        link('새 비밀번호 정하기', url),
        text('요청하지 않으셨다면 이 메일을 무시해 주세요. 비밀번호는 바뀌지 않습니다.'),
      ],
    };
  }
  return {
    subject: '[URR] Set a new password',
    parts: [
      text(`Choose a new password by the link below. It works once, within ${passwordResetMinutes} minutes.`),
      link('Choose a new password', url),
      text('If you did not ask for it, ignore this mail. Your password stays as it is.'),
    ],
  };
}

/** For an account without a password. */
export function googleSignInLetter(language: Language, page: PageUrl): Letter {
  if (language === 'ko') {
    return {
      subject: '[URR] Google로 로그인해 주세요',
      parts: [
        text('비밀번호 재설정을 요청하셨지만, 이 계정에는 비밀번호가 없습니다. Google로 로그인합니다.'),
        link('로그인', page('/login')),
        text('요청하지 않으셨다면 이 메일을 무시해 주세요.'),
      ],
    };
  }
  return {
    subject: '[URR] Sign in with Google',
    parts: [
      text('You asked for a new password, but this account has none: it signs in with Google.'),
      link('Sign in', page('/login')),
      text('If you did not ask for it, ignore this mail.'),
    ],
  };
}

export function passwordChangedLetter(
  language: Language,
  page: PageUrl,
  { changedAt }: { readonly changedAt: string },
): Letter {
  const moment = formatMoment(changedAt, language);
  if (language === 'ko') {
    return {
      subject: '[URR] 비밀번호가 변경되었습니다',
      parts: [
        text(`${moment}에 비밀번호가 변경되었습니다. 그 전의 로그인은 모두 종료되었습니다.`),
        text('직접 바꾸지 않으셨다면 지금 바로 비밀번호를 재설정해 주세요.'),
        link('비밀번호 재설정', page('/forgot-password')),
      ],
    };
  }
  return {
    subject: '[URR] Your password was changed',
    parts: [
      text(`Your password was changed on ${moment}. Every earlier session has ended.`),
      text('If it was not you, set a new password right now.'),
      link('Set a new password', page('/forgot-password')),
    ],
  };
}
