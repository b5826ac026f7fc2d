import pg from 'pg';
import type { Log } from './log.ts';

/** What is changed within this time is one rewriting, milliseconds. */
const gatherMs = 5_000;
const tryAgainMs = 60_000;

export interface Rewriting {
  /** Rows were changed whose old content must not stay in the files. */
  needed: () => void;
  stop: () => Promise<void>;
}

/**
 * Writes tables and their indexes anew (VACUUM FULL), so that the old content of changed rows is in no file of them. Reads wait meanwhile. The write-ahead log has it until
 * two checkpoints later. What fails is tried again.
 *
 * @param url of the owner of the tables @param tables with their schema
 */
export function rewriteTables(url: string, tables: readonly string[], log: Log): Rewriting {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let stopped = false;
  const later = (afterMs: number) => {
    timer ??= setTimeout(() => {
      timer = undefined;
      working = work();
    }, afterMs).unref();
  };
  const work = async () => {
    try {
      await rewriteNow(url, tables);
    } catch (error) {
      log.warn({ err: error, tables }, 'tables are not written anew yet: tried again');
      if (!stopped) later(tryAgainMs);
    }
  };
  return {
    needed: () => {
      if (!stopped) later(gatherMs);
    },
    stop: async () => {
      stopped = true;
      const waiting = timer !== undefined;
      clearTimeout(timer);
      await working;
      if (waiting) await work();
    },
  };
}

/** Takes away what the planner keeps of single rows of the tables: the next ANALYZE makes it anew. For a superuser alone. */
export async function forgetSamples(url: string, tables: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('DELETE FROM pg_statistic WHERE starelid = ANY ($1::regclass[])', [tables]);
    await client.query('VACUUM FULL pg_statistic');
  } finally {
    await client.end();
  }
}

/** The same at once. @throws what PostgreSQL says */
export async function rewriteNow(url: string, tables: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SET statement_timeout = 0');
    for (const table of tables) await client.query(`VACUUM (FULL, ANALYZE) ${table}`);
  } finally {
    await client.end();
  }
}
