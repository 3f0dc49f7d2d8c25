/** Ends a server process on SIGTERM or when its parent is gone, and tells the parent that it serves. */
export function serveUntilParentEnds(close: () => void): void {
  const end = () => {
    close();
    process.exit(0);
  };
  process.once('SIGTERM', end);
  process.once('disconnect', end);
  process.send?.('ready');
}
