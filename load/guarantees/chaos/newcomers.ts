import { callRoute } from '@urr/contracts/call-route.ts';
import { logIn, register } from '@urr/contracts/auth.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { setTimeout as sleep } from 'node:timers/promises';

/** People who open accounts while processes die. */
export interface Newcomers {
  /** Registers one after another until the signal. */
  arrive(signal: AbortSignal): Promise<void>;
  /** Addresses whose registration was acknowledged. */
  readonly acknowledged: readonly string[];
  /** Acknowledged accounts that can not log in. */
  findLost(): Promise<string[]>;
}

const password = 'newcomer-password-0';
const pauseMs = 400;
const deadlineMs = 5_000;

/** Prepares newcomers at a gateway. */
export function createNewcomers(gatewayUrl: string, seed: number): Newcomers {
  const acknowledged: string[] = [];
  const succeeds = (contract: typeof register | typeof logIn, index: number) =>
    callRoute<RouteContract>(
      contract,
      { body: { email: emailOf(seed, index), password } },
      {
        baseUrl: gatewayUrl,
        headers: { 'x-forwarded-for': `10.254.${index >> 8}.${index & 255}` },
        deadlineMs,
      },
    ).then(
      (answer) => answer.ok,
      () => false,
    );
  return {
    acknowledged,
    arrive: async (signal) => {
      for (let index = 0; !signal.aborted; index += 1) {
        if (await succeeds(register, index)) acknowledged.push(emailOf(seed, index));
        await sleep(pauseMs);
      }
    },
    findLost: async () => {
      const lost: string[] = [];
      for (const email of acknowledged) {
        if (!(await succeeds(logIn, Number(/-(\d+)@/.exec(email)?.[1])))) lost.push(email);
      }
      return lost;
    },
  };
}

function emailOf(seed: number, index: number): string {
  return `newcomer-${seed}-${index}@drill.example`;
}
