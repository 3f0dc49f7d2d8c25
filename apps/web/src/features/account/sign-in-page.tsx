import type { ReactNode } from 'react';
import { Card } from '../../components/card.tsx';
import { Page } from '../../components/page.tsx';
import { ClientTexts } from '../../i18n/client-texts.tsx';
import { Link } from '../../i18n/link.tsx';
import { pathWithNext } from './next-path.ts';
import { OrWithGoogle } from './or-with-google.tsx';

/** The frame of logging in and of registering, each with the way to the other. */
export function SignInPage({
  title,
  form,
  googleClientId,
  next,
  other,
}: {
  readonly title: string;
  readonly form: ReactNode;
  readonly googleClientId: string | undefined;
  readonly next: `/${string}`;
  readonly other: {
    readonly question: string;
    readonly answer: string;
    readonly page: '/login' | '/register';
  };
}): ReactNode {
  return (
    <Page title={title} isNarrow>
      <Card className="sm:p-7">
        <ClientTexts namespaces={['account', 'common']}>
          {form}
          <OrWithGoogle clientId={googleClientId} next={next} />
        </ClientTexts>
      </Card>
      <p className="text-center text-muted">
        {other.question}{' '}
        <Link
          href={pathWithNext(other.page, next)}
          className="inline-flex min-h-11 items-center px-1 font-semibold text-accent underline underline-offset-4"
        >
          {other.answer}
        </Link>
      </p>
    </Page>
  );
}
