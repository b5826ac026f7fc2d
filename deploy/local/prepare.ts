// Before the services: schemas, the web app, the district's places. A process of its own, so that what it needs in memory goes with it.
import { fileURLToPath } from 'node:url';
import type { StartOptions } from './options.ts';
import { prepareServers } from './prepare-servers.ts';
import { secretOf } from './secrets.ts';
import { buildWeb } from './web-build.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const say = (line: string) => void process.send?.({ say: line });
const options = JSON.parse(process.env.VX_OPTIONS!) as StartOptions;
const { DATABASE_URL, NATS_URL, NATS_REPLICAS } = process.env;

// Nobody waits for it any more.
process.on('disconnect', () => process.exit(1));

try {
  const secret = (service: string) => secretOf(options.dataFolder, service);
  await prepareServers({
    databaseUrl: DATABASE_URL!,
    natsUrl: NATS_URL!,
    replicas: Number(NATS_REPLICAS || 1),
    secretOf: process.env.VX_ROLES ? secret : undefined,
    district: options.district,
    say,
  });
  if (options.web && buildWeb(root)) say('web app built');
  process.exit(0);
} catch (error) {
  // A wrong option is told in a sentence; anything else with where it happened.
  const { message, stack } = error as Error;
  process.stderr.write(`${message.startsWith('--') ? message : stack}\n`);
  process.exit(1);
}
