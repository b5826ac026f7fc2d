import { openBroker } from '#platform/broker.ts';
import { openDatabase } from '#platform/database.ts';
import { listDistrictStreams } from '#platform/journal.ts';
import { newestRunIn } from './chain-file.ts';
import { addRun, newestRun } from './rows.ts';

/**
 * Begins a new run of a journal's chain: somebody looked at the damage, and takes the journal as it is. The sealer of the running product finds it by itself.
 *
 * @returns the number of the run
 * @throws when there is no such journal
 */
export async function acceptDamage(
  { databaseUrl, natsUrl }: { databaseUrl: string; natsUrl: string },
  folder: string,
  stream: string,
  reason: string,
): Promise<number> {
  const broker = await openBroker(natsUrl, 'accept');
  const database = openDatabase(databaseUrl, { max: 1 });
  try {
    const journal = (await listDistrictStreams(broker)).find((one) => one.stream === stream);
    if (!journal) throw new Error(`there is no journal ${stream}`);
    const { created } = journal;
    const known = await newestRun(database, journal);
    const run = Math.max(known?.run ?? 0, newestRunIn(folder, journal)) + 1;
    await addRun(database, { stream, created, run, reason }, new Date());
    return run;
  } finally {
    await database.end();
    await broker.close();
  }
}
