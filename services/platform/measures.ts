import type { Broker } from './broker.ts';
import { countDeadLetters } from './dead-letters.ts';
import { journalMetrics, streamStates } from './journal-metrics.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type Late, type Measured, measureLag } from './projection-lag.ts';
import type { Running } from './run.ts';
import { sampled } from './sampled.ts';

/** How often the journal is asked, milliseconds: an alarm that waits for half a minute sees six measures. */
const everyMs = 5000;

/**
 * Measures what a service that reads or writes the journal is to be judged by: whether the broker answers and each journal has a leader, how far its projections are
 * behind, and how many events they could not write.
 *
 * @param projections of the service; none: it keeps no rows
 */
export function measureService(
  broker: Broker,
  projections: readonly Measured[],
  metrics: Metrics,
  log: Pick<Log, 'warn'>,
  now: () => number = Date.now,
): Running & { late: () => Late[] } {
  const journal = journalMetrics(metrics.registry);
  const { measure: lag, late } = measureLag(broker, projections, metrics, now);
  const measure = async () => {
    try {
      const states = await streamStates(broker);
      journal.told(states);
      await lag(states);
    } catch (error) {
      journal.told(undefined);
      throw error;
    }
    for (const { name } of projections)
      metrics.parkedNow.set({ projection: name }, await countDeadLetters(broker, name));
  };
  return { ...sampled('the journal', measure, log, everyMs), late };
}
