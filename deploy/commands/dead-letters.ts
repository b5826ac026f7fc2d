// npm run dead-letters -- list | retry [--data DIR]: events that a projection could not write.
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sealingBy } from '../../services/contracts/seal-event.ts';
import { Appender } from '../../services/platform/append.ts';
import { openBroker } from '../../services/platform/broker.ts';
import { openDatabase } from '../../services/platform/database.ts';
import { listDeadLetters } from '../../services/platform/dead-letters.ts';
import { createLog } from '../../services/platform/log.ts';
import { createMetrics } from '../../services/platform/metrics.ts';
import { personKeysIn } from '../../services/platform/person-keys.ts';
import { retryDeadLetters } from '../../services/platform/retry-dead-letters.ts';
import { allProjections } from '../../services/projections.ts';
import { dataFolder, helpAsked } from './product.ts';
import { serversOf } from './servers-of.ts';

helpAsked(`npm run dead-letters [-- list | retry] [options]

  list         events that a projection could not write, one JSON object a line (list)
  retry        tries them again, then lists what is left

  --data DIR   the data folder (.data)
  --help       this text`);

const { values, positionals } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true });
const [action = 'list'] = positionals;
if (action !== 'list' && action !== 'retry') {
  process.stderr.write(`${action}: one of list, retry\n`);
  process.exit(1);
}
const servers = await serversOf(values.data);
const broker = await openBroker(servers.natsUrl, 'dead-letters');
const database = openDatabase(servers.databaseUrl);
const appender = new Appender(broker);
const keys = personKeysIn({ VX_DATA: dataFolder(values.data), VX_MASTER_KEY: process.env.VX_MASTER_KEY });
const log = createLog('dead-letters', 'warn');
const metrics = createMetrics('dead-letters');
const parts = { database, broker, appender, log, metrics, now: () => new Date(), newId: randomUUID };
try {
  if (action === 'retry')
    for (const projection of await allProjections(parts)) {
      const through = await retryDeadLetters(projection, { ...parts, open: sealingBy(keys).open });
      if (through.length) process.stdout.write(`${projection.name}: ${through.length} went through\n`);
    }
  const letters = await listDeadLetters(broker);
  for (const { event: _event, ...letter } of letters) process.stdout.write(`${JSON.stringify(letter)}\n`);
  process.stderr.write(`${letters.length} parked\n`);
} finally {
  appender.close();
  keys.close();
  await database.end();
  await broker.close();
  await servers.stop();
}
