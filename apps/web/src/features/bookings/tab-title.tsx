'use client';

import { type ReactNode, useEffect } from 'react';
import { useShow } from './use-show.ts';

/** Names the tab by the heading of the page and the show it is about, which only the reader's own call can tell. */
export function TabTitle({
  heading,
  eventId,
}: {
  readonly heading: string;
  readonly eventId: string | undefined;
}): ReactNode {
  if (eventId === undefined) return <Title text={heading} />;
  return <ShowTitle heading={heading} eventId={eventId} />;
}

function ShowTitle({ heading, eventId }: { readonly heading: string; readonly eventId: string }): ReactNode {
  const { title } = useShow(eventId);
  return <Title text={title === undefined ? heading : `${heading} · ${title}`} />;
}

function Title({ text }: { readonly text: string }): ReactNode {
  useEffect(() => {
    document.title = `${text} · URR`;
  }, [text]);
  return null;
}
