// npm run persons -- remove --case ID --reason TEXT: removes who a case was, or somebody known by doses, for good.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { forgetSamples, rewriteNow } from '../../services/platform/rewrite-tables.ts';
import { readRunState } from '../local/run-state.ts';
import { adminTokenOf } from '../local/secrets.ts';
import { dataFolder, helpAsked, main } from './product.ts';

helpAsked(`npm run persons -- remove --case ID | --vaccinated KEY --reason TEXT [options]

Removes who a case was, for good, while the product runs: place, age, sex and texts go from all its rows, and the keys by which the journal holds them are
destroyed. The case stays in all counts. Backups that were made before still have it: throw them away in time.

  --case ID        the case, as the product knows it
  --vaccinated KEY the pseudonym (personKey) of somebody known by doses: age and products go, the doses stay in all counts
  --reason TEXT    what is to be kept of why; it stands sealed in the journal
  --basis BASIS    request (he asked for it) or order (an authority did) (request)
  --district ID    the district (q7)
  --data DIR       the data folder (.data)
  --help           this text`);

class Refused extends Error {}

/** What held his rows. */
const tables = ['epidemic.case_versions', 'epidemic.case_waiting', 'epidemic.doses', 'geography.points'];
const patienceMs = 120_000;

await main(
  async () => {
    const { values, positionals } = parseArgs({
      options: {
        case: { type: 'string' },
        vaccinated: { type: 'string' },
        reason: { type: 'string' },
        basis: { type: 'string', default: 'request' },
        district: { type: 'string', default: 'q7' },
        data: { type: 'string' },
      },
      allowPositionals: true,
    });
    if (positionals[0] !== 'remove') throw new Refused(`${positionals[0] ?? '(nothing)'}: remove`);
    const who = values.case ?? values.vaccinated;
    if (!who || !values.reason || (values.case && values.vaccinated))
      throw new Refused('needed are --case ID or --vaccinated KEY, and --reason TEXT');
    const path = values.case ? 'cases' : 'vaccinated';
    const folder = dataFolder(values.data);
    const running = readRunState(folder);
    if (!running) throw new Refused(`nothing runs on ${folder}: npm start first`);
    const answer = await fetch(
      `${running.url}/api/epidemic/${path}/${encodeURIComponent(who)}/removal?district=${encodeURIComponent(values.district)}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${adminTokenOf(folder)}` },
        body: JSON.stringify({ basis: values.basis, reason: values.reason }),
      },
    );
    const body = (await answer.json()) as { sequence: number | null; keys: number; title?: string; detail?: string };
    if (!answer.ok) throw new Refused(`${answer.status} ${body.title ?? ''} ${body.detail ?? ''}`.trim());
    process.stdout.write(
      body.sequence === null
        ? `${who} was removed before; ${body.keys} keys that were left are destroyed\n`
        : `${who} is removed (sequence ${body.sequence} of the journal); ${body.keys} keys are destroyed\n`,
    );
    await emptyFiles(running.databaseUrl, values.district, body.sequence ?? 0, values.case !== undefined);
    process.stdout.write(
      'the tables are written anew: what he was is in none of their files, nor in the write-ahead log\n',
    );
  },
  (error) => error instanceof Refused,
);

/** Once the rows have the removal: tables, and the log before them, without what was. */
async function emptyFiles(databaseUrl: string, district: string, sequence: number, isOnMap: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const { rowCount } = await client.query(
        `SELECT 1 FROM epidemic.positions WHERE projection = 'epidemic' AND district = $1 AND sequence >= $2
         INTERSECT SELECT 1 FROM geography.positions WHERE projection = 'points-cases' AND district = $1 AND (sequence >= $2 OR NOT $3)`,
        [district, sequence, isOnMap],
      );
      if (rowCount) break;
      if (performance.now() > deadline)
        throw new Refused('the rows do not follow the journal: do it again when they do');
      await sleep(200);
    }
    await forgetSamples(databaseUrl, tables);
    await rewriteNow(databaseUrl, tables);
    await client.query('CHECKPOINT');
    await client.query('SELECT pg_switch_wal()');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}
