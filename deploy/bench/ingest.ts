import { writeCases } from '../../services/epidemic/cases/projection.ts';
import { Appender } from '../../services/platform/append.ts';
import { openBroker } from '../../services/platform/broker.ts';
import { inTransaction } from '../../services/platform/database.ts';
import { openDistrictStream, streamOf } from '../../services/platform/journal.ts';
import { caseBatches, caseEvent, postAll } from './case-events.ts';
import { type BenchResult, round } from './result.ts';
import { startStack, until } from './stack.ts';

const total = 200_000;
const batch = 2000;

/**
 * Events a second from HTTP batches to committed in PostGIS, everything on this machine. References of the same run: acknowledged publishes a
 * second of the same messages from one Node process, and the same rows a second by the projection's own batch inserts, nothing else running.
 *
 * @param options chain: false leaves out the service that seals the journal
 */
export async function benchIngest({ chain = true } = {}): Promise<BenchResult> {
  const stack = await startStack(['geography', 'epidemic', 'intake', ...(chain ? ['chain'] : [])]);
  try {
    await postAll(stack, caseBatches(20_000, batch, 'warm'), 4);
    await committed(20_000);
    const bodies = caseBatches(total, batch, 'main');
    const start = performance.now();
    await postAll(stack, bodies, 4);
    const postedSeconds = (performance.now() - start) / 1000;
    await committed(20_000 + total);
    const seconds = (performance.now() - start) / 1000;
    const points = await pointsThere();

    const publishesPerSecond = await publishAlone(stack.natsUrl);
    const insertsPerSecond = await insertAlone();
    const value = total / seconds;
    const slower = Math.min(publishesPerSecond, insertsPerSecond);
    return {
      bench: 'ingest',
      value: round(value, 0),
      unit: 'events/s',
      reference: {
        jetStreamPublishesPerSecond: round(publishesPerSecond, 0),
        pgInsertsPerSecond: round(insertsPerSecond, 0),
      },
      ratio: round(value / slower, 3),
      ok: value >= 15_000 && value / slower >= 0.7,
      details: {
        events: total,
        sealed: chain,
        acknowledgedPerSecond: round(total / postedSeconds, 0),
        // Points of the map come after figures and lists in a flood (geography rests between its batches).
        pointsThen: points,
        aim: '>= 15,000/s and >= 0.7 of the slower reference',
      },
    };
  } finally {
    await stack.stop();
  }

  async function committed(rows: number): Promise<void> {
    await until(
      async () =>
        (await stack.database.query<{ n: number }>('SELECT count(*) AS n FROM epidemic.case_versions')).rows[0]!.n >=
        rows,
      120_000,
      50,
    );
  }

  async function pointsThere(): Promise<number> {
    const { rows } = await stack.database.query<{ n: number }>(`SELECT count(*) AS n FROM geography.points`);
    return rows[0]!.n - 20_000;
  }

  async function publishAlone(natsUrl: string): Promise<number> {
    const broker = await openBroker(natsUrl, 'publish');
    const appender = new Appender(broker);
    await openDistrictStream(broker, 'bench', { clock: 'recorded', exercise: true });
    const messages = Array.from({ length: total / 2 }, (_, index) => ({
      subject: `vx.bench.other.case.p-${index}`,
      id: `publish ${index}`,
      payload: JSON.stringify(caseEvent(index, 'publish')),
    }));
    const start = performance.now();
    for (let at = 0; at < messages.length; at += 10_000) await appender.appendAll(messages.slice(at, at + 10_000));
    const perSecond = messages.length / ((performance.now() - start) / 1000);
    appender.close();
    await broker.manager.streams.delete(streamOf('bench'));
    await broker.close();
    return perSecond;
  }

  async function insertAlone(): Promise<number> {
    const rows = total / 4;
    const batches: Parameters<typeof writeCases>[2][] = [];
    for (let at = 0; at < rows; at += batch)
      batches.push(
        Array.from({ length: batch }, (_, offset) => ({
          sequence: 10_000_000 + at + offset,
          event: { ...caseEvent(at + offset, 'insert'), recordedtime: '2021-08-20T03:00:00.000Z' } as never,
        })),
      );
    const start = performance.now();
    for (const entries of batches)
      await inTransaction(stack.database, (transaction) => writeCases(transaction, 'q7', entries));
    return rows / ((performance.now() - start) / 1000);
  }
}
