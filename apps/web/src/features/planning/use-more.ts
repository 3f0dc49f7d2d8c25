'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import type { Refused } from '../../api/queries.tsx';

/** One part of a long list, and where the next begins. */
export interface ListPart<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** Reads a list part by part and keeps all that was read; `read` throws `Refused`. */
export function useMore<Item>(
  key: readonly unknown[],
  read: (cursor: string | undefined) => Promise<ListPart<Item>>,
) {
  const query = useInfiniteQuery<
    ListPart<Item>,
    Refused,
    ListPart<Item>[],
    readonly unknown[],
    string | undefined
  >({
    queryKey: key,
    initialPageParam: undefined,
    queryFn: ({ pageParam }) => read(pageParam),
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => pages,
  });
  return { ...query, items: query.data?.flatMap((part) => part.items) };
}
