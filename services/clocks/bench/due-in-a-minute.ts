// node services/clocks/bench/due-in-a-minute.ts [TIMERS]: how late each of 10,000 due times within one minute is in the journal. Prints one JSON line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats } from '../../../deploy/local/nats.ts';
import { ensureDatabase, startPostgres } from '../../../deploy/local/postgres.ts';
import { Appender } from '../../platform/append.ts';
import { openDatabase } from '../../platform/database.ts';
import { openDistrictStream } from '../../platform/journal.ts';
import { createLog } from '../../platform/log.ts';
import { followDistricts } from '../../platform/projections.ts';
import { followDueTimes } from '../follow-due.ts';
import { brokerAt, errandMessage, errandOwner, errandProjection, makeErrandTables } from '../testing/errands.ts';
import { withDueTimes } from '../with-due-times.ts';

const timers = Number(process.argv[2] ?? 10_000);
const minuteMs = 60_000;
const district = 'bench';
const folder = mkdtempSync(join(tmpdir(), 'due-bench-'));
const operator = { user: 'operator', password: 'bench' };
const [postgres, nats] = await Promise.all([
  startPostgres(join(folder, 'postgres'), operator.password),
  startNats(join(folder, 'nats'), [operator]),
]);
try {
  await ensureDatabase(postgres, 'bench');
  const database = openDatabase(`${postgres.url}/bench`);
  const broker = await brokerAt(nats.url.replace('//', `//${operator.user}:${operator.password}@`));
  const appender = new Appender(broker);
  const log = createLog('bench', 'warn');
  await makeErrandTables(database);
  await openDistrictStream(broker, district, { clock: 'live', exercise: true, timeZone: 'Asia/Ho_Chi_Minh' });
  const owner = errandOwner(() => new Date());
  const followed = await followDistricts(withDueTimes(errandProjection, owner), { database, broker, log });
  const dueTimes = followDueTimes({ database, broker, appender, log }, followed, owner);

  /** Time to write the rows of all before the first is due. */
  const firstMs = Date.now() + 30_000;
  const dueMs = (index: number) => firstMs + Math.floor((index / timers) * minuteMs);
  const everySeconds = 3600;
  await appender.appendAll(
    Array.from({ length: timers }, (_, index) =>
      errandMessage(district, 'begun', {
        ...{ errandId: `e${index}`, occurredAt: new Date(dueMs(index) - everySeconds * 1000).toISOString() },
        ...{ everySeconds, times: 1 },
      }),
    ),
  );
  const lateMs: number[] = [];
  const subscription = broker.connection.subscribe(`vx.${district}.errands.errand.>`, {
    callback: (_error, message) => {
      const { type, time } = message.json<{ type: string; time: string }>();
      if (type === 'errand-reminded') lateMs.push(Date.now() - Date.parse(time));
    },
  });
  while (lateMs.length < timers && Date.now() < firstMs + minuteMs + 60_000)
    await new Promise((done) => setTimeout(done, 200));
  subscription.unsubscribe();
  const sorted = lateMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  console.log(
    JSON.stringify({
      bench: 'due-in-a-minute',
      ...{ timers, said: sorted.length, medianMs: at(0.5), p99Ms: at(0.99), mostMs: sorted.at(-1) },
      withinASecond: sorted.filter((ms) => ms <= 1000).length / timers,
    }),
  );
  await dueTimes.stop();
  await followed.stop();
  appender.close();
  await broker.close();
  await database.end();
} finally {
  await Promise.all([postgres.stop(), nats.stop()]);
  rmSync(folder, { recursive: true, force: true });
}
