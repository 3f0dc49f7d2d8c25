// A signal ends a process, not one of its services: what it asks for is known to all of them.
let isUnderWay = false;

/** From now on this process asks for no new work: it is not ready, and every answer ends its connection. */
export function beginDraining(): void {
  isUnderWay = true;
}

/** True once the process was asked to end. */
export function isDraining(): boolean {
  return isUnderWay;
}
