import type { Database } from './database.ts';
import type { Log } from './log.ts';

/** Below this PostgreSQL may think what it likes of a table. */
const leastEntries = 2000;

/**
 * Tells PostgreSQL to look at its tables when much has been written. Its own look comes up to a minute late, and until then it plans joins of
 * ten thousand rows as if there were one: a figure then takes half a minute in place of 50 ms. Looked at whenever the rows have doubled.
 */
export class FreshStatistics {
  private readonly options: { database: Database; log: Log; tables: string[] };
  private since = 0;
  private known = 0;
  private running: Promise<void> | undefined;

  constructor(options: { database: Database; log: Log; tables: string[] }) {
    this.options = options;
  }

  /** Called after a commit; returns at once. */
  written(entries: number): void {
    this.since += entries;
    if (this.running || this.since < Math.max(leastEntries, this.known)) return;
    this.known += this.since;
    this.since = 0;
    const { database, log, tables } = this.options;
    this.running = database
      .query(`ANALYZE ${tables.join(', ')}`)
      .then(() => {})
      .catch((error) => log.warn({ reason: (error as Error).message }, 'statistics not refreshed'))
      .finally(() => {
        this.running = undefined;
      });
  }

  async stop(): Promise<void> {
    await this.running;
  }
}
