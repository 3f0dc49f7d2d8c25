import type { ServerResponse } from 'node:http';

/** Event streams under way. They never end by themselves, so a stopping gateway ends them; browsers reconnect. */
export interface OpenStreams {
  add(response: ServerResponse): void;
  endAll(): void;
}

/** Creates an empty set of streams. */
export function createOpenStreams(): OpenStreams {
  const open = new Set<ServerResponse>();
  return {
    add: (response) => {
      open.add(response);
      response.once('close', () => open.delete(response));
    },
    endAll: () => {
      for (const response of open) response.end();
    },
  };
}
