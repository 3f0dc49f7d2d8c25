'use client';

import { endSession, listSessions } from '@urr/contracts/auth.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { Queries, useRoute } from '../../api/queries.tsx';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import type { Session } from './session.ts';
import { SessionCard } from './session-card.tsx';
import { SignInFirst } from './sign-in-first.tsx';

/** Where the reader is signed in, each with a way to end it. */
export function SessionList(): ReactNode {
  return (
    <Queries>
      <Sessions />
    </Queries>
  );
}

function Sessions(): ReactNode {
  const t = useTranslations('account.sessions');
  const list = useRoute(listSessions, {});
  const [ending, setEnding] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<ProblemDocument>();
  const end = async (sessionIds: readonly string[]) => {
    setProblem(undefined);
    setEnding(new Set(sessionIds));
    setProblem(await endAll(sessionIds));
    await list.refetch();
    setEnding(new Set());
  };
  if (list.data === undefined)
    return <NotRead problem={list.error?.problem} onRetry={() => void list.refetch()} />;
  const others = list.data.sessions.filter(({ current }) => !current);
  return (
    <div className="grid gap-4">
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <ul className="grid gap-3">
        {list.data.sessions.map((session) => (
          <SessionCard
            key={session.sessionId}
            session={session}
            isEnding={ending.has(session.sessionId)}
            onEnd={() => void end([session.sessionId])}
          />
        ))}
      </ul>
      <EndOthers others={others} isBusy={ending.size > 0} onEnd={(ids) => void end(ids)} />
      <p className="text-sm text-muted">{t('note')}</p>
    </div>
  );
}

function EndOthers({
  others,
  isBusy,
  onEnd,
}: {
  readonly others: readonly Session[];
  readonly isBusy: boolean;
  readonly onEnd: (sessionIds: readonly string[]) => void;
}): ReactNode {
  const t = useTranslations('account.sessions');
  if (others.length < 2) return null;
  return (
    <Button tone="danger" isBusy={isBusy} onClick={() => onEnd(others.map(({ sessionId }) => sessionId))}>
      {t('endOthers', { count: others.length })}
    </Button>
  );
}

function NotRead({
  problem,
  onRetry,
}: {
  readonly problem: ProblemDocument | undefined;
  readonly onRetry: () => void;
}): ReactNode {
  const t = useTranslations('common');
  if (problem === undefined) return <Skeleton className="h-72" />;
  if (problem.code === 'unauthenticated') return <SignInFirst />;
  return (
    <ProblemNotice
      problem={problem}
      action={
        <Button tone="secondary" onClick={onRetry}>
          {t('retry')}
        </Button>
      }
    />
  );
}

// One after the other: the last problem is the one that is told, and one that is gone already is no problem.
async function endAll(sessionIds: readonly string[]): Promise<ProblemDocument | undefined> {
  let problem: ProblemDocument | undefined;
  for (const sessionId of sessionIds) {
    const result = await call(endSession, { params: { sessionId } });
    if (!result.ok && result.problem.code !== 'session-not-found') problem = result.problem;
  }
  return problem;
}
