import type { StageAddress } from './open-stage.ts';

/** What may go wrong at the payment provider; see the simulator's README. */
export interface ProviderFault {
  readonly call: 'confirm' | 'cancel' | 'get';
  readonly kind: 'approve-then-timeout' | 'slow' | 'error-before-commit' | 'error-after-commit';
  readonly orderId: string;
  /** How often; once when absent, null until it is mended. */
  readonly count?: number | null;
}

/** Switches a fault of the provider on for one order; answers what switches it off again. */
export async function breakProvider(stage: StageAddress, fault: ProviderFault): Promise<() => Promise<void>> {
  const faults = `${stage.simulatorUrl}/v1/simulator/faults`;
  const answer = await fetch(faults, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new Error(`The simulator refused the fault: ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: number };
  return async () => void (await fetch(`${faults}/${id}`, { method: 'DELETE' }));
}
