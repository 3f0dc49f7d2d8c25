import type { EnvironmentSource } from './environment.ts';
import type { ProgramPlan } from './supervisor.ts';

/** Which programs a platform is made of, besides PostgreSQL. */
export interface PlatformLayout {
  /** Every port they open, by what opens it; `hasPages` is false for a platform without the web application. */
  readonly ports: (offset: number, hasPages: boolean) => ReadonlyMap<string, number>;
  /** Starts what the services need; it is stopped after them. */
  readonly startEngines: (source: LayoutSource, start: StartPrograms) => Promise<void>;
  /** The programs of the platform itself, by stages: each begins when all of the one before are ready. */
  readonly programs: (source: LayoutSource) => readonly (readonly ProgramPlan[])[];
}

/** What a layout plans from. */
export interface LayoutSource extends EnvironmentSource {
  /** The web application's build; absent for a platform without pages. */
  readonly pages: string | undefined;
  /** Variables that differ from the layout's own. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly progress: (step: string) => void;
}

/** Starts programs side by side and resolves when all are ready. They are stopped with the platform. */
export type StartPrograms = (plans: readonly ProgramPlan[]) => Promise<void>;
