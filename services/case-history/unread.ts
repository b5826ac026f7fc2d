import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type RowsOfJournal, unreadRows } from '../district/unread.ts';

const rowsOfCases: RowsOfJournal = {
  schema: 'epidemic',
  projection: 'epidemic',
  subject: (district) => `vx.${district}.epidemic.>`,
};

/**
 * Waits until the rows of `epidemic` hold what the journal holds of it now: in the first seconds after a load they do not, and numbers would be made of a part.
 *
 * @returns how many messages of the journal are still to be read, at most; 0: the rows hold all of it
 */
export const unreadAfter = (
  parts: Pick<ServiceParts, 'database' | 'broker'>,
  district: string,
  waitMs: number,
): Promise<number> => unreadRows(parts, district, rowsOfCases, waitMs);

/** What is not read yet is said, not computed with. */
export const stillReading = (unread: number): WordedAbstention =>
  abstain(
    'still-reading',
    `còn ${unread} mục của nhật ký chưa đọc xong`,
    `${unread} messages of the journal are still to be read`,
  );
