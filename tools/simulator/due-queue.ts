/** A binary heap of items by the moment they fall due. */
export type DueQueue<T> = {
  push(dueAt: number, item: T): void;
  takeDue(now: number): T | undefined;
  nextDueAt(): number | undefined;
  size(): number;
};

type Entry<T> = { dueAt: number; item: T };

export function createDueQueue<T>(): DueQueue<T> {
  const heap: Entry<T>[] = [];
  return {
    push(dueAt, item) {
      siftUp(heap, { dueAt, item });
    },
    takeDue(now) {
      const first = heap[0];
      if (first === undefined || first.dueAt > now) return undefined;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) siftDown(heap, last);
      return first.item;
    },
    nextDueAt: () => heap[0]?.dueAt,
    size: () => heap.length,
  };
}

function siftUp<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let index = heap.length;
  heap.push(entry);
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (parent === undefined || parent.dueAt <= entry.dueAt) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = entry;
}

function siftDown<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let index = 0;
  for (;;) {
    const leftIndex = index * 2 + 1;
    const left = heap[leftIndex];
    if (left === undefined) break;
    const right = heap[leftIndex + 1];
    const [child, childIndex] =
      right !== undefined && right.dueAt < left.dueAt ? [right, leftIndex + 1] : [left, leftIndex];
    if (child.dueAt >= entry.dueAt) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = entry;
}
