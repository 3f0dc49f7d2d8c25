/** Things to do at an instant, in order of time; one timer for all of them. */
export interface Agenda {
  /** Milliseconds of `performance.now()`. The task learns the instant it was meant for. */
  at(instantMs: number, task: (instantMs: number) => void): void;
  readonly length: number;
  clear(): void;
}

interface Entry {
  readonly instantMs: number;
  readonly order: number;
  readonly task: (instantMs: number) => void;
}

/** Creates an agenda on the process's monotonic clock. */
export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let taken = 0;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Infinity;

  const arm = () => {
    const first = heap[0];
    if (first === undefined || first.instantMs >= timerAt) return;
    clearTimeout(timer);
    timerAt = first.instantMs;
    timer = setTimeout(run, Math.max(0, timerAt - performance.now()));
  };
  const run = () => {
    timerAt = Infinity;
    const now = performance.now();
    for (let first = heap[0]; first !== undefined && first.instantMs <= now; first = heap[0]) {
      removeFirst(heap);
      first.task(first.instantMs);
    }
    arm();
  };
  return {
    at: (instantMs, task) => {
      insert(heap, { instantMs, order: taken++, task });
      arm();
    },
    get length() {
      return heap.length;
    },
    clear: () => {
      heap.length = 0;
      clearTimeout(timer);
      timerAt = Infinity;
    },
  };
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.instantMs < right.instantMs || (left.instantMs === right.instantMs && left.order < right.order);
}

function insert(heap: Entry[], entry: Entry): void {
  let place = heap.length;
  while (place > 0) {
    const parentPlace = (place - 1) >> 1;
    const parent = heap[parentPlace];
    if (parent === undefined || !isBefore(entry, parent)) break;
    heap[place] = parent;
    place = parentPlace;
  }
  heap[place] = entry;
}

function removeFirst(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let place = 0;
  for (;;) {
    const leftPlace = 2 * place + 1;
    const left = heap[leftPlace];
    if (left === undefined) break;
    const right = heap[leftPlace + 1];
    const [child, childPlace] =
      right !== undefined && isBefore(right, left) ? [right, leftPlace + 1] : [left, leftPlace];
    if (!isBefore(child, last)) break;
    heap[place] = child;
    place = childPlace;
  }
  heap[place] = last;
}
