'use client';

import { useQueryClient } from '@tanstack/react-query';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import {
  controlLine,
  type LineControl,
  readControlAudit,
  readControlRoom,
} from '@urr/contracts/queue-control.ts';
import { useState } from 'react';
import { call } from '../../api/call.ts';

/** How the last attempt to change the line ended, where it did not simply succeed. */
export interface ControlFault {
  readonly problem: ProblemDocument;
  /** Nobody knows whether it was carried out. Doing it again does no harm: an action repeated changes nothing. */
  readonly isUnknown: boolean;
}

/** Changes the line; what it is afterwards shows at once. */
export function useLineControl(eventId: string) {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ControlFault | null>(null);
  const change = async (control: LineControl): Promise<boolean> => {
    setBusy(true);
    setFault(null);
    const params = { eventId };
    const result = await call(controlLine, { params, body: control });
    if (result.ok) queries.setQueryData([readControlRoom.name, { params }], result.body);
    else setFault({ problem: result.problem, isUnknown: result.unknown });
    // Also after an answer that was lost: the audit tells whether it was done.
    void queries.invalidateQueries({ queryKey: [readControlAudit.name] });
    setBusy(false);
    return result.ok;
  };
  return { isBusy, fault, change, forgetFault: () => setFault(null) };
}
