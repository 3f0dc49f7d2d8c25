// Loaded before a program that a platform starts: while the program does not yet see to its own end, it ends at once
// when who started it is gone, or it would keep its port for ever. That may have been while this was loaded.
if (!process.connected) process.exit(0);
process.once('disconnect', () => {
  if (process.listenerCount('disconnect') === 0) process.exit(0);
});
