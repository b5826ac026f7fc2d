import type { Reads } from '#platform/database.ts';
import { type Block, eventsOf, type Journal } from './block.ts';
import type { ChainHeader } from './chain-file.ts';

/** The newest run of a journal; undefined: its chain has not begun. */
export async function newestRun(
  database: Reads,
  { stream, created }: Journal,
): Promise<{ run: number; reason: string } | undefined> {
  const { rows } = await database.query<{ run: number; reason: string }>(
    'SELECT run, reason FROM chain.runs WHERE stream = $1 AND created = $2 ORDER BY run DESC LIMIT 1',
    [stream, created],
  );
  return rows[0];
}

/** Adds a run unless it is there. */
export async function addRun(
  database: Reads,
  { stream, created, run, reason }: Pick<ChainHeader, 'stream' | 'created' | 'run' | 'reason'>,
  now: Date,
): Promise<void> {
  await database.query('INSERT INTO chain.runs VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
    stream,
    created,
    run,
    now,
    reason,
  ]);
}

/** Adds a block unless one of its number is there. */
export async function addBlock(database: Reads, { stream, created, run }: ChainHeader, block: Block): Promise<void> {
  const { number, first, last, missing, previous, hash, sealedAt } = block;
  await database.query(
    `INSERT INTO chain.blocks (stream, created, run, number, first, last, events, missing, previous, hash, sealed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    [stream, created, run, number, first, last, eventsOf(block), JSON.stringify(missing), previous, hash, sealedAt],
  );
}

/** Hashes of the blocks of a run, by number: the database's own copy of the chain. */
export async function hashesOf(
  database: Reads,
  { stream, created, run }: Journal & { run: number },
): Promise<string[]> {
  const { rows } = await database.query<{ hash: string }>(
    'SELECT hash FROM chain.blocks WHERE stream = $1 AND created = $2 AND run = $3 ORDER BY number',
    [stream, created, run],
  );
  return rows.map(({ hash }) => hash);
}
