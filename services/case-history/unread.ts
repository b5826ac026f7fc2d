import { setTimeout as sleep } from 'node:timers/promises';
import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import { lastMessage, streamOf } from '#platform/journal.ts';
import type { ServiceParts } from '#platform/service.ts';

const lookAgainMs = 100;

/**
 * Waits until the rows of `epidemic` hold what the journal holds of it now: in the first seconds after a load they do not, and numbers would be made of a part.
 *
 * @returns how many messages of the journal are still to be read, at most; 0: the rows hold all of it
 */
export async function unreadAfter(
  { database, broker }: Pick<ServiceParts, 'database' | 'broker'>,
  district: string,
  waitMs: number,
): Promise<number> {
  const last = await lastMessage(broker, streamOf(district), `vx.${district}.epidemic.>`).catch((error: Error) => {
    // A district that is not there has nothing to be read; who asks for it is told so by the moment.
    if (/stream not found/i.test(error.message)) return undefined;
    throw error;
  });
  if (!last) return 0;
  const deadline = performance.now() + waitMs;
  for (;;) {
    const { rows } = await database.query<{ sequence: string }>(
      `SELECT sequence FROM epidemic.published_positions WHERE projection = 'epidemic' AND stream = $1`,
      [streamOf(district)],
    );
    const unread = Math.max(0, last.sequence - Number(rows[0]?.sequence ?? 0));
    if (unread === 0 || performance.now() >= deadline) return unread;
    await sleep(lookAgainMs);
  }
}

/** What is not read yet is said, not computed with. */
export const stillReading = (unread: number): WordedAbstention =>
  abstain(
    'still-reading',
    `còn ${unread} mục của nhật ký chưa đọc xong`,
    `${unread} messages of the journal are still to be read`,
  );
