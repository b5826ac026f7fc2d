import { expect, onTestFinished, test } from 'vitest';
import { temporaryDatabase } from '../../services/platform/testing/servers.ts';
import { makeSchemas } from './database-roles.ts';
import { pendingMigrations, warningOf } from './pending-migrations.ts';

test('what an upgrade will change of the tables is named before; a new database has nothing to lose', {
  timeout: 120_000,
}, async () => {
  const { url, database, drop } = await temporaryDatabase();
  onTestFinished(drop);
  expect(await pendingMigrations(url)).toEqual([]);
  await makeSchemas(url);
  expect(await pendingMigrations(url)).toEqual([]);
  // As a version left it that did not know the last change.
  await database.query(`DELETE FROM chain.migrations WHERE name = '0002_standbys'`);
  const pending = await pendingMigrations(url);
  expect(pending).toEqual(['chain: 0002_standbys.sql']);
  expect(warningOf(pending).join(' ')).toMatch(
    /1 changes of the tables .* cannot be undone: chain: 0002_standbys\.sql .*backup/,
  );
  expect(warningOf([])).toEqual([]);
});
