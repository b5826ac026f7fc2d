import type { z } from '@hono/zod-openapi';
import type { Attribution } from '#contracts/new-event.ts';
import { personOf } from '#contracts/seal-event.ts';
import { removeBeside } from '#lifecycle/removal.ts';
import type { RetentionDuty } from '../../district/keep-retention.ts';
import type { Stamp } from '../../district/stamp.ts';
import type { CitizenParts } from '../parts.ts';
import { reportContactGiven } from './contact-given.ts';
import { contactOf, removedReporters, reportersOver, wordsLeft } from './contacts.ts';
import { reporterRemoved } from './reporter-removed.ts';

type RemovalParts = Pick<CitizenParts, 'database' | 'broker' | 'appender' | 'photos'> & Pick<CitizenParts, 'keys'>;

/**
 * Removes who sent a report, with his words and pictures.
 *
 * @returns undefined: there is no such report
 * @throws Problem 409 when something was said of him meanwhile, 503 when journal or keys do not answer
 */
export async function removeReporter(
  parts: RemovalParts,
  stamped: Stamp,
  data: z.infer<typeof reporterRemoved.schema>,
): Promise<{ sequence: number | null; keys: number } | undefined> {
  const { database } = parts;
  const { district } = stamped;
  const contact = await contactOf(database, district, data.reportId);
  const words = await wordsLeft(database, district, data.reportId);
  if (!contact && !words) return undefined;
  const { name, phone, email, deviceId, accountId } = contact ?? {};
  // First: once the rows have lost their hashes nobody finds them. The same picture of another report stays.
  for (const hash of words?.ownPhotos ?? []) await parts.photos.remove(district, hash);
  return removeBeside(parts, stamped, {
    isLeft: words?.isLeft === true || [name, phone, email, deviceId, accountId].some((said) => said !== undefined),
    ...{ removal: reporterRemoved, source: 'citizens', sealedBy: reportContactGiven },
    data,
  });
}

/** Reporters whose time is over. */
export const reporterRetention = (
  parts: RemovalParts & { stampOf: (district: string, by: Attribution) => Promise<Stamp> },
): RetentionDuty => ({
  class: 'reporter-identity',
  over: (district, until) => reportersOver(parts.database, district, until),
  unfinished: async (district) => {
    const { keys, database } = parts;
    if (!keys || keys.fault) return [];
    const removed = await removedReporters(database, district);
    return removed.filter(
      (reportId) => !keys.isRemoved(personOf(reportContactGiven, { district, data: { reportId } })),
    );
  },
  remove: async (district, reportId, said, by) =>
    removeReporter(parts, await parts.stampOf(district, by), { reportId, ...said }),
});
