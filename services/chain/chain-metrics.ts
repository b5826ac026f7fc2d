import { Gauge, type Registry } from 'prom-client';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import type { Running } from '#platform/run.ts';
import { sampled } from '#platform/sampled.ts';

/** A copy of the database on another machine. */
export interface Standby {
  name: string;
  /** What the writer waits for: sync, quorum, async; null: this user may not know. */
  syncState: string | null;
  /** What the copy has not yet applied; null: nobody can tell. */
  lagBytes: number | null;
  lagSeconds: number | null;
}

/** Gauges of what is kept: damage of journals, age of the backup, copies of the database. */
export function chainMetrics(
  registry: Registry,
  { damage, backupAt }: { damage: () => number; backupAt: () => Date | undefined },
): { standbys: (list: readonly Standby[]) => void } {
  const registers = [registry];
  new Gauge({
    name: 'vx_journal_damage',
    help: 'Findings of damage in the journals or their chains; npm run verify names them',
    registers,
    collect() {
      this.set(damage());
    },
  });
  new Gauge({
    name: 'vx_backup_last_success_timestamp_seconds',
    help: 'When the last backup of this data was finished; 0: never, as far as is known here',
    registers,
    collect() {
      this.set((backupAt()?.getTime() ?? 0) / 1000);
    },
  });
  const count = new Gauge({
    name: 'vx_database_standbys',
    help: 'Copies of the database that are connected to the writer',
    registers,
  });
  const of = (name: string, help: string) => new Gauge({ name, help, labelNames: ['standby', 'sync'], registers });
  const bytes = of('vx_database_standby_lag_bytes', 'What a copy of the database has not yet applied');
  const seconds = of(
    'vx_database_standby_lag_seconds',
    'How late a copy of the database applied what it was last sent',
  );
  return {
    standbys: (list) => {
      count.set(list.length);
      for (const gauge of [bytes, seconds]) gauge.reset();
      for (const { name, syncState, lagBytes, lagSeconds } of list) {
        const labels = { standby: name, sync: syncState ?? 'unknown' };
        if (lagBytes !== null) bytes.set(labels, lagBytes);
        // An idle copy has nothing that could be late.
        seconds.set(labels, lagSeconds ?? 0);
      }
    },
  };
}

/** Asks the writer for its copies: `chain.standbys()` of the migrations. */
export async function readStandbys(database: Pick<Database, 'query'>): Promise<Standby[]> {
  const { rows } = await database.query<{
    name: string;
    sync_state: string | null;
    lag_bytes: number | null;
    lag_seconds: number | null;
  }>('SELECT name, sync_state, lag_bytes, lag_seconds FROM chain.standbys()');
  return rows.map((row) => ({
    name: row.name,
    syncState: row.sync_state,
    lagBytes: row.lag_bytes,
    lagSeconds: row.lag_seconds,
  }));
}

const everyMs = 10_000;

export const measureStandbys = (
  database: Pick<Database, 'query'>,
  { standbys }: ReturnType<typeof chainMetrics>,
  log: Pick<Log, 'warn'>,
): Running => sampled('copies of the database', async () => standbys(await readStandbys(database)), log, everyMs);
