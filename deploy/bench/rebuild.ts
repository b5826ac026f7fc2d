import { writeCases } from '../../services/epidemic/cases/projection.ts';
import { inTransaction, openDatabase } from '../../services/platform/database.ts';
import { createLog } from '../../services/platform/log.ts';
import { rebuild } from '../../services/rebuild.ts';
import { caseBatches, caseEvent, postAll } from './case-events.ts';
import { type BenchResult, round } from './result.ts';
import { startStack } from './stack.ts';

const total = 300_000;

/** Events a second replayed from the journal into an empty PostGIS. Reference of the same run: the same rows by batch inserts from memory. */
export async function benchRebuild(): Promise<BenchResult> {
  const stack = await startStack(['intake']);
  try {
    await postAll(stack, caseBatches(total, 2000, 'main'), 4);
    const start = performance.now();
    const steps = await rebuild({
      databaseUrl: stack.databaseUrl,
      broker: stack.broker,
      log: createLog('bench', 'warn'),
    });
    const seconds = (performance.now() - start) / 1000;
    const events = steps.reduce((sum, step) => sum + step.events, 0);
    const { rows } = await stack.database.query<{ n: number }>('SELECT count(*) AS n FROM epidemic.case_versions');

    await stack.database.query('TRUNCATE epidemic.case_versions');
    const database = openDatabase(stack.databaseUrl);
    const batches: Parameters<typeof writeCases>[2][] = [];
    for (let at = 0; at < total / 3; at += 5000)
      batches.push(
        Array.from({ length: 5000 }, (_, offset) => ({
          sequence: at + offset + 1,
          event: { ...caseEvent(at + offset, 'insert'), recordedtime: '2021-08-20T03:00:00.000Z' } as never,
        })),
      );
    const insertStart = performance.now();
    for (const entries of batches)
      await inTransaction(database, (transaction) => writeCases(transaction, 'q7', entries));
    const insertsPerSecond = total / 3 / ((performance.now() - insertStart) / 1000);
    await database.end();
    const value = events / seconds;
    return {
      bench: 'rebuild',
      value: round(value, 0),
      unit: 'events/s',
      reference: { pgInsertsPerSecond: round(insertsPerSecond, 0) },
      ratio: round(value / insertsPerSecond, 3),
      ok: value >= 25_000 && rows[0]!.n === total,
      details: { events, seconds: round(seconds, 2), steps, aim: '>= 25,000/s' },
    };
  } finally {
    await stack.stop();
  }
}
