import type { BenchKey } from './lines.ts';
import type { Outcome } from './report/outcome.ts';
import type { Scene } from './scenes/scene.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import type { StageMaker } from './stage/stage.ts';

/** Plays the scenes that have a line asked for, one after the other; a scene that fails takes only its own lines along. */
export async function playScenes(
  scenes: readonly Scene[],
  keys: readonly BenchKey[],
  setting: {
    readonly makeStage: StageMaker;
    readonly tell: (key: BenchKey, outcome: Outcome) => void;
    /** Of the whole bench; what a scene started is part of it until the scene has ended. */
    readonly cleanup: Cleanup;
  },
): Promise<ReadonlyMap<BenchKey, Outcome>> {
  const outcomes = new Map<BenchKey, Outcome>();
  const keep = (key: BenchKey, outcome: Outcome) => {
    outcomes.set(key, outcome);
    // What fails because everything was just stopped is no result.
    if (!setting.cleanup.isClosed()) setting.tell(key, outcome);
  };
  for (const scene of scenes) {
    const asked = scene.keys.filter((key) => keys.includes(key));
    if (asked.length === 0) continue;
    const cleanup = createCleanup();
    try {
      setting.cleanup.assertOpen();
      setting.cleanup.add('a scene', () => cleanup.run());
      const stage = setting.makeStage(cleanup);
      await scene.play(stage, asked, (key, figure) => keep(key, { kind: 'measured', figure }));
    } catch (error) {
      for (const key of asked) if (!outcomes.has(key)) keep(key, { kind: 'failed', fault: faultOf(error) });
    } finally {
      await cleanup.run();
    }
  }
  return outcomes;
}

function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${faultOf(error.cause)})`;
}
