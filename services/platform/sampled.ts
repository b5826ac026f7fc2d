import type { Log } from './log.ts';
import type { Running } from './run.ts';

/**
 * Takes a measure now and then, one at a time, and once at the start. A measure that fails is said once, until one succeeds again.
 *
 * @param what names it in the log @param everyMs rest between two, milliseconds
 */
export function sampled(what: string, measure: () => Promise<void>, log: Pick<Log, 'warn'>, everyMs: number): Running {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failing = false;
  const take = async () => {
    try {
      await measure();
      failing = false;
    } catch (error) {
      if (!failing && !stopped) log.warn({ reason: (error as Error).message }, `not measured: ${what}`);
      failing = true;
    }
    if (!stopped) timer = setTimeout(begin, everyMs).unref();
  };
  let taking: Promise<void>;
  const begin = () => {
    taking = take();
  };
  begin();
  return {
    name: `measure of ${what}`,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await taking;
    },
  };
}
