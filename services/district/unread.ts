import { setTimeout as sleep } from 'node:timers/promises';
import { lastMessage, streamOf } from '#platform/journal.ts';
import type { ServiceParts } from '#platform/service.ts';

const lookAgainMs = 100;

/** Rows that are made of the journal. */
export interface RowsOfJournal {
  schema: 'epidemic' | 'geography';
  projection: string;
  /** What of the journal they are made of. */
  subject: (district: string) => string;
}

/** Areas, their people and what else geography itself says. */
export const rowsOfPlaces: RowsOfJournal = {
  schema: 'geography',
  projection: 'places',
  subject: (district) => `vx.${district}.geography.>`,
};

/**
 * Waits until rows hold what the journal holds for them now: in the first seconds after a load they do not.
 *
 * @returns how many messages of the journal are still to be read, at most; 0: the rows hold all of it, or nobody says where they stand
 */
export async function unreadRows(
  { database, broker }: Pick<ServiceParts, 'database' | 'broker'>,
  district: string,
  { schema, projection, subject }: RowsOfJournal,
  waitMs: number,
): Promise<number> {
  const last = await lastMessage(broker, streamOf(district), subject(district)).catch((error: Error) => {
    // A district that is not there has nothing to be read; who asks for it is told so by the moment.
    if (/stream not found/i.test(error.message)) return undefined;
    throw error;
  });
  if (!last) return 0;
  const deadline = performance.now() + waitMs;
  for (;;) {
    const { rows } = await database.query<{ sequence: string }>(
      `SELECT sequence FROM ${schema}.published_positions WHERE projection = $2 AND stream = $1`,
      [streamOf(district), projection],
    );
    const unread = Math.max(0, last.sequence - Number(rows[0]?.sequence ?? 0));
    if (unread === 0 || performance.now() >= deadline) return unread;
    await sleep(lookAgainMs);
  }
}
