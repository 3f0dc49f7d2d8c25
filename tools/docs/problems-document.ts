import { problemTable } from '@urr/contracts/problem-table.ts';
import type { ProblemDefinition } from '@urr/contracts/problem-definition.ts';
import { allRoutes } from '@urr/contracts/routes.ts';

/** `docs/problems.md`, made from the problem table and the routes that name its codes. */
export function problemsDocument(): string {
  const rows = Object.entries(problemTable as Record<string, ProblemDefinition>).map(([code, definition]) => {
    const users = allRoutes
      .filter((route) => (route.refusals as readonly string[]).includes(code))
      .map((route) => `\`${route.name}\``);
    return [
      `## ${code}`,
      '',
      `HTTP ${definition.status} · ${definition.retryable ? 'may succeed later as it is' : 'will not succeed unchanged'}`,
      '',
      `- ${definition.title.en} ${definition.action.en}`,
      `- ${definition.title.ko} ${definition.action.ko}`,
      `- ${users.length === 0 ? 'any route' : users.join(', ')}`,
      '',
    ].join('\n');
  });
  return [
    '# Problems',
    '',
    'Everything URR can refuse with, as `application/problem+json` (RFC 9457). Made by `npm run docs` from',
    '`packages/contracts/src/problem-table.ts`; a test keeps it true.',
    '',
    ...rows,
  ].join('\n');
}
