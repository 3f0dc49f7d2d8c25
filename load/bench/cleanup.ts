interface Undo {
  readonly what: string;
  readonly act: () => Promise<unknown>;
}

/** What must be undone at the end, whatever happens: processes, folders. The last made is the first undone. */
export interface Cleanup {
  add(what: string, act: () => Promise<unknown>): void;
  /** True once `run` was called. */
  isClosed(): boolean;
  /** Throws once `run` was called: nothing may be started any more. */
  assertOpen(): void;
  /** Undoes everything, even when a step fails; a second call waits for the first. */
  run(): Promise<void>;
}

/** Creates an empty list of undos; a step that fails is told on stderr. */
export function createCleanup(): Cleanup {
  const undos: Undo[] = [];
  let running: Promise<void> | undefined;
  const undoAll = async () => {
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
      const { what, act } = undo;
      await act().catch((error: unknown) => console.error(`${what} could not be cleaned up:`, error));
    }
  };
  return {
    add: (what, act) => void undos.push({ what, act }),
    isClosed: () => running !== undefined,
    assertOpen: () => {
      if (running !== undefined) throw new Error('The bench was interrupted');
    },
    run: () => (running ??= undoAll()),
  };
}
