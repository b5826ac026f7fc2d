// npm run move-district -- --district ID --from DIR|FILE.json --to DIR|FILE.json: a district goes to other servers.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from '@hono/zod-openapi';
import { sealingBy } from '../../services/contracts/seal-event.ts';
import { openBroker } from '../../services/platform/broker.ts';
import { openDeadLetters } from '../../services/platform/dead-letters.ts';
import { createLog } from '../../services/platform/log.ts';
import { keysFolder, personKeysIn } from '../../services/platform/person-keys.ts';
import { giveKeysBack } from '../backup/person-keys-copy.ts';
import { TooSlowToGive } from '../backup/stream-snapshot.ts';
import { makeSchemas } from '../local/database-roles.ts';
import { ensureExtensions } from '../local/postgres.ts';
import { openJournalAgain } from '../move/close-journal.ts';
import { CannotMove, moveDistrict, type Place } from '../move/move-district.ts';
import { fromCaller, helpAsked, main } from './product.ts';
import { serversOf } from './servers-of.ts';

helpAsked(`npm run move-district -- --district ID --from DIR|FILE.json --to DIR|FILE.json [options]

Moves a district to the servers of another product: its journal as it is, then the rows by reading it again there. The products may run or not; a large
journal is taken much faster where the new one does not.
It prints one JSON line: events, rows, and what differs (nothing, when all is well); it ends with 1 when something does.

From its beginning the district takes nothing more where it was: what is posted there is answered 503, to be sent again. Nothing is deleted there.
When the move fails the district is opened again by itself; --undo opens it again later.

  --from, --to DIR     the data folder of a product
  --from, --to FILE    {"databaseUrl": "…", "natsUrl": "…", "replicas": 3} of a cluster, as its operator; a file that you alone may read
  --without-persons    the keys of persons stay: places and texts of persons of the district cannot be read at the new place
  --undo               only opens the district again at --from
  --yes                does it; without it, what would be done is said
  --help               this text

What stays behind: accounts and rights, the ledger, rows that are no projection (they are named), the chain of hashes (a new one begins there; verify before).`);

class Refused extends Error {}

const addresses = z.object({
  databaseUrl: z.string(),
  natsUrl: z.string(),
  replicas: z.int().min(1).max(5).default(1),
});

/** A product's servers, and its data folder where it has one here. */
async function openPlace(
  told: string,
  filled: boolean,
): Promise<Place & { folder: string | undefined; stop: () => Promise<void> }> {
  const path = fromCaller(told);
  const isFile = path.endsWith('.json');
  if (!existsSync(path)) throw new Refused(`${told} is not there`);
  const { databaseUrl, natsUrl, replicas, stop } = isFile
    ? { ...addresses.parse(JSON.parse(readFileSync(path, 'utf8'))), stop: async () => {} }
    : { ...(await serversOf(path, { filled })), replicas: 1 };
  const broker = await openBroker(natsUrl, 'move', undefined, { replicas });
  return {
    ...{ broker, databaseUrl, folder: isFile ? undefined : path },
    stop: async () => {
      await broker.close();
      await stop();
    },
  };
}

await main(
  async () => {
    const { values } = parseArgs({
      options: {
        district: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        'without-persons': { type: 'boolean' },
        undo: { type: 'boolean' },
        yes: { type: 'boolean' },
      },
    });
    const { district } = values;
    if (!district || !values.from || (!values.to && !values.undo))
      throw new Refused('--district ID, --from and --to are needed; --help tells more');
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const from = await openPlace(values.from, false);
    try {
      if (values.undo) {
        await openJournalAgain(from.broker, district);
        say(`${district} takes facts again at ${values.from}`);
        return;
      }
      const to = await openPlace(values.to!, true);
      try {
        const hasKeys = ({ folder }: { folder: string | undefined }) =>
          folder !== undefined && existsSync(join(folder, keysFolder));
        const keysGo = hasKeys(from) && to.folder !== undefined && !hasKeys(to);
        if (hasKeys(from) && !keysGo && !values['without-persons'])
          throw new Refused(
            'there are keys of persons at the new place already, or it has no data folder here: two stores are not made one. --without-persons moves the district without them',
          );
        if (!values.yes)
          throw new Refused(
            `${district} would be closed at ${values.from} and moved to ${values.to}${keysGo ? ', with the keys of persons' : ''}. Clients of the old address are not sent on. --yes does it`,
          );
        if (keysGo) giveKeysBack(join(from.folder!, keysFolder), to.folder!);
        await ensureExtensions(to.databaseUrl);
        await makeSchemas(to.databaseUrl);
        await openDeadLetters(to.broker);
        const keysOf = (folder: string | undefined) =>
          folder === undefined
            ? undefined
            : personKeysIn({ VX_DATA: folder, VX_MASTER_KEY: process.env.VX_MASTER_KEY });
        const [keysFrom, keysTo] = [keysOf(from.folder), keysOf(to.folder)];
        const openBy = (keys: typeof keysFrom) => (keys ? { open: sealingBy(keys).open } : {});
        const moved = await moveDistrict(district, {
          from: { ...from, ...openBy(keysFrom) },
          to: { ...to, ...openBy(keysTo) },
          log: createLog('move', 'warn'),
          say,
        });
        keysFrom?.close();
        keysTo?.close();
        process.stdout.write(`${JSON.stringify(moved)}\n`);
        if (moved.differences.length > 0) process.exitCode = 1;
        for (const [table, rows] of Object.entries(moved.notMoved))
          say(`${table}: ${rows} rows stay at ${values.from}`);
      } finally {
        await to.stop();
      }
    } finally {
      await from.stop();
    }
  },
  (error) => error instanceof Refused || error instanceof CannotMove || error instanceof TooSlowToGive,
);
