// npm run rebuild [-- --data DIR]: drops every projection and replays the journal.
import { parseArgs } from 'node:util';
import { sealingBy } from '../../services/contracts/seal-event.ts';
import { openBroker } from '../../services/platform/broker.ts';
import { createLog } from '../../services/platform/log.ts';
import { personKeysIn } from '../../services/platform/person-keys.ts';
import { rebuild } from '../../services/rebuild.ts';
import { dataFolder, helpAsked } from './product.ts';
import { serversOf } from './servers-of.ts';

helpAsked(`npm run rebuild [-- options]

Drops every projection and replays the journal. Running services wait for it.

  --data DIR   the data folder (.data)
  --help       this text`);

const { values } = parseArgs({ options: { data: { type: 'string' } } });
const servers = await serversOf(values.data);
const broker = await openBroker(servers.natsUrl, 'rebuild');
const keys = personKeysIn({ VX_DATA: dataFolder(values.data), VX_MASTER_KEY: process.env.VX_MASTER_KEY });
if (keys.fault) process.stderr.write(`positions of persons will be missing: ${keys.fault}\n`);
try {
  process.stderr.write(servers.running ? 'rebuilding under the running services: they wait\n' : 'rebuilding\n');
  const start = performance.now();
  const steps = await rebuild({
    databaseUrl: servers.databaseUrl,
    broker,
    log: createLog('rebuild', 'warn'),
    open: sealingBy(keys).open,
    progress: ({ projection, district, events, seconds }) =>
      process.stderr.write(
        `  ${projection} ${district}: ${events} events in ${seconds.toFixed(1)} s (${Math.round(events / Math.max(seconds, 0.001))}/s)\n`,
      ),
  });
  const events = steps.reduce((sum, step) => sum + step.events, 0);
  process.stdout.write(`rebuilt ${events} events in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
} finally {
  keys.close();
  await broker.close();
  await servers.stop();
}
