// npm run dead-letters -- list | retry [--data DIR]: events that a projection could not write.
import { parseArgs } from 'node:util';
import { openBroker } from '../../services/platform/broker.ts';
import { openDatabase } from '../../services/platform/database.ts';
import { listDeadLetters } from '../../services/platform/dead-letters.ts';
import { createLog } from '../../services/platform/log.ts';
import { retryDeadLetters } from '../../services/platform/projections.ts';
import { projectionStages } from '../../services/projections.ts';
import { serversOf } from './servers-of.ts';

const { values, positionals } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true });
const [action = 'list'] = positionals;
if (action !== 'list' && action !== 'retry') {
  process.stderr.write(`${action}: one of list, retry\n`);
  process.exit(1);
}
const servers = await serversOf(values.data);
const broker = await openBroker(servers.natsUrl, 'dead-letters');
const database = openDatabase(servers.databaseUrl);
try {
  if (action === 'retry')
    for (const create of projectionStages.flat()) {
      const projection = create();
      const through = await retryDeadLetters(projection, { broker, database, log: createLog('dead-letters', 'warn') });
      if (through.length) process.stdout.write(`${projection.name}: ${through.length} went through\n`);
    }
  const letters = await listDeadLetters(broker);
  for (const { event: _event, ...letter } of letters) process.stdout.write(`${JSON.stringify(letter)}\n`);
  process.stderr.write(`${letters.length} parked\n`);
} finally {
  await database.end();
  await broker.close();
  await servers.stop();
}
