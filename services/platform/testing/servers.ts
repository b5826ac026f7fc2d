import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Broker, openBroker } from '../broker.ts';
import { type Database, openDatabase } from '../database.ts';
import { createLog } from '../log.ts';

/** A PostGIS database of this test's own, on the run's private server; `drop` takes it away. */
export async function temporaryDatabase(): Promise<{ url: string; database: Database; drop: () => Promise<void> }> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: `${server}/postgres` });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await admin(`CREATE DATABASE ${name} TEMPLATE template_vungxanh`);
  const url = `${server}/${name}`;
  const database = openDatabase(url);
  return {
    url,
    database,
    drop: async () => {
      await database.end();
      await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** A connection to the run's nats-server. Districts are global to it, so a test names its own: `temporaryDistrict()`. */
export function testBroker(): Promise<Broker> {
  return openBroker(inject('natsUrl'), 'test');
}

export const temporaryDistrict = () => `t-${randomBytes(5).toString('hex')}`;
export const silentLog = createLog('test', process.env.TEST_LOG ?? 'silent');
