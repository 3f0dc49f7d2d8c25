'use client';

import type { HallView } from '@urr/contracts/catalog-shapes.ts';
import { useRouter, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { Skeleton } from '../../components/skeleton.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { localePath } from '../../i18n/routing.ts';
import { EventEditor } from './event-editor.tsx';
import { newEventForm } from './event-form.ts';
import { withHall } from './event-form-steps.ts';
import { ReadFailed } from './read-failed.tsx';
import { useEventEditor } from './use-event-editor.ts';
import { useHalls } from './use-halls.ts';

/** Makes an event; a draft leads on to its own page. */
export function NewEvent(): ReactNode {
  const halls = useHalls();
  if (halls.data === undefined)
    return halls.error === null ? (
      <Skeleton className="h-[60rem]" />
    ) : (
      <ReadFailed problem={halls.error.problem} onRetry={() => void halls.refetch()} />
    );
  return <Form halls={halls.data.halls} />;
}

function Form({ halls }: { readonly halls: readonly HallView[] }): ReactNode {
  const router = useRouter();
  const locale = usePageLocale();
  const asked = useSearchParams().get('hall');
  const editing = useEventEditor({
    name: 'new',
    event: undefined,
    hall: undefined,
    halls,
    fresh: () =>
      withHall(
        newEventForm(Date.now()),
        halls.find(({ slug }) => slug === asked),
      ),
    onSaved: (event) => router.push(localePath(locale, `/organiser/events/${event.eventId}?made=1`)),
  });
  return <EventEditor editing={editing} />;
}
