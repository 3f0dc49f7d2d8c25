'use client';

import type { CallInput } from '@urr/contracts/call-route.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { AnswerOf, RouteContract } from '@urr/contracts/route-contract.ts';
import {
  QueryClient,
  QueryClientProvider,
  useQuery,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useIsAwake } from '../design/use-is-awake.ts';
import { call } from './call.ts';

/** A refusal on its way to the component that shows it. */
export class Refused extends Error {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.title);
    this.problem = problem;
  }
}

/** Gives its pages one memory of what was read. */
export function Queries({ children }: { readonly children: ReactNode }): ReactNode {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 5_000,
            // A refusal is an answer: only what got none is asked again.
            retry: (failures, error) =>
              !(error instanceof Refused && error.problem.status < 500) && failures < 2,
          },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** `useQuery` for pages that a server draws first: all that is read is shown alike to each part of the page. */
export function useRead<Answer, Failure extends Error = Error>(
  options: UseQueryOptions<Answer, Failure>,
): UseQueryResult<Answer, Failure> {
  // A part may come alive after another has read the same: drawn with that at once, it would differ from the server's.
  const isAwake = useIsAwake();
  return useQuery<Answer, Failure>(
    isAwake ? options : { ...options, queryKey: ['asleep', ...options.queryKey], enabled: false },
  );
}

/** Reads a route and keeps what it answered; `error` is always `Refused`. */
export function useRoute<Contract extends RouteContract>(
  contract: Contract,
  input: CallInput<Contract>,
  options: {
    readonly isEnabled?: boolean;
    /** Milliseconds between two looks; none when absent. */
    readonly everyMs?: number;
    readonly initial?: AnswerOf<Contract>;
  } = {},
): UseQueryResult<AnswerOf<Contract>, Refused> {
  return useRead<AnswerOf<Contract>, Refused>({
    queryKey: [contract.name, input],
    queryFn: async () => {
      const result = await call(contract, input);
      if (!result.ok) throw new Refused(result.problem);
      return result.body;
    },
    enabled: options.isEnabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.initial === undefined ? {} : { initialData: options.initial as never }),
  });
}
