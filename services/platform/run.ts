import type { Log } from './log.ts';

/** Something that was started and can be stopped. */
export interface Running {
  name: string;
  stop: () => Promise<void> | void;
}

/**
 * Keeps a process alive until SIGTERM, SIGINT or the loss of its parent, then stops everything in reverse order of starting.
 * A part that does not stop within `graceMs` is left behind and the process exits with 1.
 */
export function runUntilStopped(parts: Running[], log: Log, graceMs = 8000): void {
  let stopping = false;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    const giveUp = setTimeout(() => {
      log.error('did not stop in time');
      process.exit(1);
    }, graceMs);
    giveUp.unref();
    for (const part of parts.toReversed()) {
      try {
        await part.stop();
      } catch (error) {
        log.error({ err: error, part: part.name }, 'part did not stop cleanly');
      }
    }
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  // The supervisor keeps an IPC channel open: when it dies, for whatever reason, the channel closes.
  process.on('disconnect', () => void stop('parent gone'));
}
