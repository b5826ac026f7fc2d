// Before the services: schemas, the web app, the district's places. A process of its own, so that what it needs in memory goes with it.
import { fileURLToPath } from 'node:url';
import { openBroker } from '../../services/platform/broker.ts';
import { openDeadLetters } from '../../services/platform/dead-letters.ts';
import { bringStreamsUp } from '../../services/platform/journal.ts';
import { makeSchemas } from './database-roles.ts';
import { loadDistrict } from './load-district.ts';
import type { StartOptions } from './options.ts';
import { ensureExtensions } from './postgres.ts';
import { secretOf } from './secrets.ts';
import { buildWeb } from './web-build.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const say = (line: string) => void process.send?.({ say: line });
const options = JSON.parse(process.env.VX_OPTIONS!) as StartOptions;
const { DATABASE_URL, NATS_URL, NATS_REPLICAS } = process.env;

// Nobody waits for it any more.
process.on('disconnect', () => process.exit(1));

try {
  say('making the database schemas what this version expects');
  await ensureExtensions(DATABASE_URL!);
  const secret = (service: string) => secretOf(options.dataFolder, service);
  await makeSchemas(DATABASE_URL!, process.env.VX_ROLES ? secret : undefined);
  const broker = await openBroker(NATS_URL!, 'prepare', undefined, { replicas: Number(NATS_REPLICAS || 1) });
  await openDeadLetters(broker);
  await bringStreamsUp(broker);
  await broker.close();
  if (options.web && buildWeb(root)) say('web app built');
  const loaded = await loadDistrict(options.district, { natsUrl: NATS_URL!, databaseUrl: DATABASE_URL! }, new Date());
  for (const note of loaded.notes) say(note);
  say(
    `${loaded.name}: ${loaded.appended ? `${loaded.appended} facts about its places written to the journal` : 'its places are in the journal'}`,
  );
  process.exit(0);
} catch (error) {
  // A wrong option is told in a sentence; anything else with where it happened.
  const { message, stack } = error as Error;
  process.stderr.write(`${message.startsWith('--') ? message : stack}\n`);
  process.exit(1);
}
