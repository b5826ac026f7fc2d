import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTransaction } from './database.ts';
import { temporaryDatabase } from './testing/servers.ts';

test('a server that goes away within a transaction fails what is asked of it, ends no process, and the next transaction has another connection', async () => {
  const { database, drop } = await temporaryDatabase();
  try {
    await database.query('CREATE TABLE kept (id int)');
    const broken = inTransaction(database, async (transaction) => {
      await transaction.query('INSERT INTO kept VALUES (1)');
      const { rows } = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await database.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
      // Nothing is asked of it when it is lost: an error that nobody hears would end the process here.
      await sleep(500);
      await transaction.query('INSERT INTO kept VALUES (2)');
    });
    await expect(broken).rejects.toThrow(/terminat|connection|not queryable/i);
    await inTransaction(database, (transaction) => transaction.query('INSERT INTO kept VALUES (3)'));
    expect((await database.query('SELECT id FROM kept')).rows).toEqual([{ id: 3 }]);
  } finally {
    await drop();
  }
});
