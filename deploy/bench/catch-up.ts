import { readFileSync } from 'node:fs';
import { comeBack } from './behind-listener.ts';
import { caseBatches, postAll } from './case-events.ts';
import { type BenchResult, percentile, round } from './result.ts';
import { startStack, until } from './stack.ts';

const clients = Number(process.env.VX_BENCH_CLIENTS ?? 1000);
const events = 30_000;
const aimMegabytes = 400;

/**
 * A thousand stream clients come back at once, each 30,000 events behind: milliseconds until the last one has every event. Reference of the same run: one client
 * alone; and how many bytes a second one bare connection brings on loopback is not asked, because the work of the thousand is in this process too. `ok`: nothing
 * was lost for anybody, and the service stayed under 400 MB (resident, with what it shares with other processes) all the time.
 */
export async function benchCatchUp(): Promise<BenchResult> {
  const stack = await startStack(['geography', 'intake', 'live']);
  try {
    const stream = `${stack.url('live')}/api/stream?district=q7&layers=cases`;
    const headers = stack.headers('live');
    const { state } = await stack.broker.manager.streams.info('VX_q7');
    await postAll(stack, caseBatches(events, 500, 'behind'), 2);
    const pid = stack.pid('live');
    const residentMegabytes = () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
    const consumers = async () => (await stack.broker.manager.streams.info('VX_q7')).state.consumer_count;

    const round1 = async (count: number) => {
      let most = 0;
      const watch = setInterval(() => {
        most = Math.max(most, residentMegabytes());
      }, 100);
      const start = performance.now();
      const all = Array.from({ length: count }, () => comeBack(stream, headers, state.last_seq, events));
      const limit = setTimeout(() => {
        for (const { close } of all) close();
      }, 600_000);
      const ends = await Promise.all(all.map(({ caughtUp }) => caughtUp));
      clearTimeout(limit);
      clearInterval(watch);
      for (const { close } of all) close();
      const there = ends.filter((end) => end !== undefined);
      const times = Float64Array.from(there.map(({ at }) => at - start)).sort();
      return {
        complete: there.filter(({ items }) => items === events).length,
        lastMs: times.at(-1) ?? Number.NaN,
        medianMs: percentile(times, 0.5),
        megabytes: there.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6,
        most,
      };
    };
    const before = await consumers();
    const alone = await round1(1);
    const all = await round1(clients);
    // The hub follows on for a while; nobody else is left.
    await until(async () => (await consumers()) <= before + 1, 30_000).catch(() => {});
    return {
      bench: 'catch-up',
      value: round(all.lastMs, 0),
      unit: `ms until ${clients} clients that were ${events} events behind have them all`,
      reference: { oneClientMs: round(alone.lastMs, 0) },
      ratio: round(all.lastMs / alone.lastMs, 2),
      ok: all.complete === clients && all.most < aimMegabytes,
      details: {
        complete: all.complete,
        medianMs: round(all.medianMs, 0),
        megabytesTold: round(all.megabytes, 0),
        megabytesASecond: round(all.megabytes / (all.lastMs / 1000), 0),
        mostResidentMegabytes: round(all.most, 0),
        aimMegabytes,
        residentMegabytesAlone: round(alone.most, 0),
        consumersLeft: (await consumers()) - before,
      },
    };
  } finally {
    await stack.stop();
  }
}
