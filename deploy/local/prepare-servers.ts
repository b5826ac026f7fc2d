import { openBroker } from '../../services/platform/broker.ts';
import { openDeadLetters } from '../../services/platform/dead-letters.ts';
import { bringStreamsUp } from '../../services/platform/journal.ts';
import { makeSchemas } from './database-roles.ts';
import { loadDistrict } from './load-district.ts';
import { pendingMigrations, warningOf } from './pending-migrations.ts';
import { ensureExtensions } from './postgres.ts';

/** What the servers are made ready with. */
export interface Preparation {
  /** As the operator, who may do everything. */
  databaseUrl: string;
  natsUrl: string;
  /** Copies of each journal: 1, or 3 in a cluster of brokers. */
  replicas?: number;
  /** Password of a service; left out: services are not kept apart in the database. */
  secretOf?: ((service: string) => string) | undefined;
  /** A district pack folder, or a GeoJSON file of areas; undefined: District 7. */
  district: string | undefined;
  say: (line: string) => void;
}

/** Before the services start: extensions, schemas and their owners, the stream of dead letters, the places of the district. May be done again. */
export async function prepareServers({
  databaseUrl,
  natsUrl,
  replicas = 1,
  secretOf,
  district,
  say,
}: Preparation): Promise<void> {
  say('making the database schemas what this version expects');
  await ensureExtensions(databaseUrl);
  for (const line of warningOf(await pendingMigrations(databaseUrl))) say(line);
  await makeSchemas(databaseUrl, secretOf);
  const broker = await openBroker(natsUrl, 'prepare', undefined, { replicas });
  await openDeadLetters(broker);
  await bringStreamsUp(broker);
  await broker.close();
  const loaded = await loadDistrict(district, { natsUrl, databaseUrl, replicas }, new Date());
  for (const note of loaded.notes) say(note);
  say(
    `${loaded.name}: ${loaded.appended ? `${loaded.appended} facts about its places written to the journal` : 'its places are in the journal'}`,
  );
}
