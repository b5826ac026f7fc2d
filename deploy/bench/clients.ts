import { caseBatches, postAll } from './case-events.ts';
import { type BenchResult, percentile, round } from './result.ts';
import { startStack, until } from './stack.ts';
import { listenTo } from './stream-listener.ts';

const clients = 1000;
const events = 2000;

/**
 * A thousand stream clients at once: milliseconds until each has every one of 2,000 events. Reference of the same run: the same with one client.
 * `ok` is that nothing was lost for anybody.
 */
export async function benchClients(): Promise<BenchResult> {
  const stack = await startStack(['geography', 'epidemic', 'intake', 'live']);
  try {
    const alone = await round1(1, 'alone');
    const all = await round1(clients, 'all');
    return {
      bench: 'clients',
      value: round(all.lastMs, 0),
      unit: `ms until ${clients} clients have ${events} events each`,
      reference: { oneClientMs: round(alone.lastMs, 0) },
      ratio: round(all.lastMs / alone.lastMs, 2),
      ok: all.complete === clients,
      details: { complete: all.complete, medianMs: round(all.medianMs, 0), folded: all.folded },
    };

    async function round1(count: number, prefix: string) {
      const heard = new Array<number>(count).fill(0);
      const doneAt = new Array<number>(count).fill(0);
      let folded = 0;
      const listeners = await Promise.all(
        heard.map((_, index) =>
          listenTo(`${stack.url('live')}/api/stream?district=q7&layers=cases`, stack.headers('live'), (batch, at) => {
            for (const item of batch.items) {
              if (!item.id.startsWith(prefix)) continue;
              // A folded item says how many events it stands for.
              heard[index]! += item.standsFor ?? 1;
              if (item.standsFor) folded++;
            }
            if (heard[index] === events) doneAt[index] = at;
          }),
        ),
      );
      const start = performance.now();
      await postAll(stack, caseBatches(events, 500, prefix), 2);
      await until(async () => doneAt.every((at) => at > 0), 60_000).catch(() => {});
      for (const listener of listeners) listener.close();
      const times = Float64Array.from(doneAt.filter((at) => at > 0).map((at) => at - start)).sort();
      return { complete: times.length, lastMs: times.at(-1) ?? Number.NaN, medianMs: percentile(times, 0.5), folded };
    }
  } finally {
    await stack.stop();
  }
}
