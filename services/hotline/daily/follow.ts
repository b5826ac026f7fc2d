import { committedSubject } from '#contracts/live.ts';
import type { Running } from '#platform/run.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';

/** News of an hour of an exercise come at once: they are looked at together. */
const gatherMs = 1000;
/** The hour of a day comes without news. */
const lookMs = 20_000;

/** Makes calls of a district that are due and not made yet. Returns how many it made; called again until there are none. */
export type MakesCalls = (parts: CommandParts, district: string) => Promise<number>;

/** Makes calls in every district whose rows this process writes: after news of cases and of calls, and now and then. */
export function followRounds(parts: CommandParts, rounds: readonly MakesCalls[]): Running {
  const { broker, projection, log } = parts;
  const waiting = new Map<string, NodeJS.Timeout>();
  const busy = new Map<string, Promise<void>>();
  let stopped = false;
  const run = async (district: string): Promise<void> => {
    try {
      for (const round of rounds) while (!stopped && projection.leads(district) && (await round(parts, district)) > 0);
    } catch (error) {
      if (!stopped) log.warn({ reason: (error as Error).message, district }, 'calls not made: tried again');
    }
  };
  const notify = (district: string, inMs = gatherMs) => {
    if (stopped || waiting.has(district) || !projection.leads(district)) return;
    waiting.set(
      district,
      setTimeout(() => {
        waiting.delete(district);
        // One at a time: who comes meanwhile waits for it.
        const before = busy.get(district) ?? Promise.resolve();
        const done = before.then(() => run(district));
        busy.set(district, done);
      }, inMs).unref(),
    );
  };
  const subscriptions = ['epidemic', 'hotline'].map((service) =>
    broker.connection.subscribe(committedSubject('*', service), {
      callback: (_error, message) => notify(message.subject.split('.')[2]!),
    }),
  );
  const now = setInterval(() => {
    for (const district of projection.districts()) notify(district);
  }, lookMs).unref();
  projection.onLead((district) => notify(district));
  return {
    name: 'rounds of calls',
    stop: async () => {
      stopped = true;
      clearInterval(now);
      for (const timer of waiting.values()) clearTimeout(timer);
      for (const subscription of subscriptions) subscription.unsubscribe();
      await Promise.all(busy.values());
    },
  };
}
