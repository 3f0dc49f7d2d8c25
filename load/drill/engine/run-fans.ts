import type { Fan } from '../population.ts';
import type { Action, Answer, FanRequest, Life } from './action.ts';
import type { Agenda } from './agenda.ts';
import type { Client } from './client.ts';
import type { Latencies } from './latencies.ts';

/** One life to live: it begins at its instant, whatever became of the others. */
export interface Visit<Result> {
  readonly fan: Fan;
  /** Milliseconds of `performance.now()`. */
  readonly beginsAtMs: number;
  readonly begin: () => Life<Result>;
  readonly headersOf: (request: FanRequest) => Readonly<Record<string, string>>;
  readonly ended: (result: Result) => void;
}

/** What carries out the fans' actions. */
export interface Engine {
  readonly agenda: Agenda;
  readonly client: Pick<Client, 'send'>;
  readonly latencies: Latencies;
  /** Told of every refusal and failure, by code. */
  readonly refused: (request: FanRequest, code: string) => void;
  readonly failed: (error: unknown) => void;
  /** True once nobody acts any more; answers that still arrive are nobody's. */
  readonly isStopped: () => boolean;
}

/** Puts every visit on the agenda. */
export function scheduleVisits<Result>(engine: Engine, visits: readonly Visit<Result>[]): void {
  for (const visit of visits) {
    engine.agenda.at(visit.beginsAtMs, (instantMs) => advance(engine, visit, visit.begin(), [], instantMs));
  }
}

// `meantAtMs` is when this step was due; a late engine or a full pool counts against the platform, never for it.
function advance<Result>(
  engine: Engine,
  visit: Visit<Result>,
  life: Life<Result>,
  answers: readonly Answer[],
  meantAtMs: number,
): void {
  if (engine.isStopped()) return;
  const step = nextStep(engine, life, answers);
  if (step === undefined) return;
  if (step.done === true) {
    visit.ended(step.value);
    return;
  }
  const action = step.value;
  if (action.kind === 'wait') {
    const instant = performance.now() + action.milliseconds;
    engine.agenda.at(instant, (instantMs) => advance(engine, visit, life, [], instantMs));
    return;
  }
  const sending = action.requests.map((request) => sendMeasured(engine, visit, request, meantAtMs));
  Promise.all(sending).then(
    (received) => advance(engine, visit, life, received, performance.now()),
    (error: unknown) => engine.failed(error),
  );
}

function nextStep<Result>(
  engine: Engine,
  life: Life<Result>,
  answers: readonly Answer[],
): IteratorResult<Action, Result> | undefined {
  try {
    return life.next(answers);
  } catch (error) {
    engine.failed(error);
    return undefined;
  }
}

async function sendMeasured<Result>(
  engine: Engine,
  visit: Visit<Result>,
  request: FanRequest,
  meantAtMs: number,
): Promise<Answer> {
  const sentAtMs = performance.now();
  const answer = await engine.client.send(request, visit.headersOf(request));
  const receivedAtMs = performance.now();
  engine.latencies.record(request.step, receivedAtMs - meantAtMs);
  if (answer.code !== undefined) engine.refused(request, answer.code);
  return { ...answer, sentAtMs, receivedAtMs };
}
