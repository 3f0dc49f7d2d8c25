'use client';

import type { ControlRoom, LineControl } from '@urr/contracts/queue-control.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ActionForm } from './action-form.tsx';
import { actionsFor, isRunning, type LineAction } from './line-actions.ts';
import { useLineControl } from './use-line-control.ts';

const tones = { open: 'primary', resume: 'primary', pause: 'secondary', drain: 'danger' } as const;

/** The look of an action among others: of two that lead on, the first alone stands out. */
function toneOf(action: LineAction, index: number): (typeof tones)[LineAction] {
  return index > 0 && tones[action] === 'primary' ? 'secondary' : tones[action];
}

/** Opens, pauses, resumes and drains; each asks first, and says what fans will see. */
export function LineButtons({
  eventId,
  room,
  announce,
}: {
  readonly eventId: string;
  readonly room: ControlRoom;
  readonly announce: (text: string) => void;
}): ReactNode {
  const t = useTranslations('control');
  const [asked, setAsked] = useState<LineAction | null>(null);
  const { isBusy, fault, change, forgetFault } = useLineControl(eventId);
  const group = useRef<HTMLFieldSetElement>(null);
  const close = () => {
    setAsked(null);
    forgetFault();
  };
  const confirm = async (control: LineControl) => {
    if (!(await change(control))) return;
    announce(t(`done.${control.action}`));
    close();
    // The button that was pressed is gone: who works by keyboard goes on beside it.
    requestAnimationFrame(() => group.current?.focus());
  };
  if (!isRunning(room.phase)) return <p className="text-sm text-muted">{t('nothingToDo')}</p>;
  return (
    <>
      <fieldset ref={group} tabIndex={-1} aria-label={t('actions')} className="flex flex-wrap gap-3">
        {actionsFor(room).map((action, index) => (
          <Button key={action} tone={toneOf(action, index)} onClick={() => setAsked(action)}>
            {t(`action.${action}`)}
          </Button>
        ))}
      </fieldset>
      <Dialog isOpen={asked !== null} title={asked === null ? '' : t(`ask.${asked}.title`)} onClose={close}>
        {asked !== null && (
          <ActionForm
            action={asked}
            room={room}
            isBusy={isBusy}
            fault={fault}
            onConfirm={(control) => void confirm(control)}
            onCancel={close}
          />
        )}
      </Dialog>
    </>
  );
}
