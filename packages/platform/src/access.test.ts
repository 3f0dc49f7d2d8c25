import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Access } from '@urr/contracts/route-contract.ts';
import { requireAccess } from './access.ts';
import { Problem } from './problem.ts';

const answers: Readonly<
  Record<Access, readonly [nobody: string, fan: string, organiser: string, admin: string]>
> = {
  public: ['open', 'open', 'open', 'open'],
  account: ['unauthenticated', 'open', 'open', 'open'],
  organiser: ['unauthenticated', 'forbidden', 'open', 'open'],
  admin: ['unauthenticated', 'forbidden', 'forbidden', 'open'],
  internal: ['unauthenticated', 'forbidden', 'forbidden', 'forbidden'],
};

test('a route is open to the roles its access names, and what is internal to no account', () => {
  for (const [access, expected] of Object.entries(answers) as [Access, readonly string[]][]) {
    const given = ([undefined, 'fan', 'organiser', 'admin'] as const).map((role) => {
      try {
        requireAccess(access, role && { accountId: 'a', sessionId: 's', role });
        return 'open';
      } catch (error) {
        return error instanceof Problem ? error.code : error;
      }
    });
    assert.deepEqual(given, expected, access);
  }
});
