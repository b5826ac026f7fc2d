import { definitionOf, type EventData } from '#contracts/catalogue.ts';
import { subjectOf } from '#contracts/define-event.ts';
import { personRemoved } from '#contracts/events/epidemic/person-removed.ts';
import { personOf } from '#contracts/seal-event.ts';
import { runCommand } from '#platform/command.ts';
import type { Database } from '#platform/database.ts';
import { newestSequence, streamOf } from '#platform/journal.ts';
import { Problem } from '#platform/problem.ts';
import { readOn } from '#platform/read-stream.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type Stamp, stampedEvent } from '../../district/stamp.ts';

/** What a removal is made with. `projected`: true once the rows have the sequence. */
export interface RemovalParts extends Pick<ServiceParts, 'database' | 'broker' | 'appender' | 'keys'> {
  projected: (district: string, sequence: number) => Promise<boolean>;
}

export interface Removed {
  /** Place of the removal in the journal; null: he was removed before. */
  sequence: number | null;
  /** Keys that were destroyed now. */
  keys: number;
}

/**
 * Removes who a case was: first the journal says so, with the area of each version, then the keys of everything that was sealed of him are destroyed, and the rows lose the
 * rest. Broken off in between it is finished by doing it again.
 *
 * @throws Problem 404 for a case that is not known, 409 when it changed meanwhile, 503 when journal or keys do not answer
 */
export async function removePersonOf(
  parts: RemovalParts,
  stamped: Stamp,
  said: Pick<EventData<'person-removed'>, 'caseId' | 'basis' | 'reason'>,
): Promise<Removed> {
  if (parts.keys?.fault) throw keysAway(parts.keys.fault);
  const { district } = stamped;
  const subject = subjectOf(personRemoved, district, { ...said, areas: [] });
  const newest = async () => (await newestSequence(parts.broker, streamOf(district), subject)) ?? 0;
  const known = await versionsOf(parts.database, district, said.caseId);
  const isRemoved = known.at(-1)?.removed ?? false;
  let sequence: number | null = null;
  if (!isRemoved) {
    const result = await runCommand({
      readHead: async () => {
        const head = await newest();
        await parts.projected(district, head);
        return head;
      },
      read: async () => {
        const versions = await versionsOf(parts.database, district, said.caseId);
        const last = versions.at(-1);
        return last && { state: versions, sequence: last.sequence };
      },
      ifMatch: undefined,
      decide: (current) => {
        if (!current) throw noSuchCase(said.caseId);
        // By another copy, a moment ago.
        if (current.state.at(-1)?.removed) throw new RemovedMeanwhile();
        const areas = current.state.map(({ sequence: place, areaId }) => ({ sequence: place, areaId }));
        return stampedEvent(stamped, { type: 'person-removed', source: '/epidemic', data: { ...said, areas } }).message;
      },
      appender: parts.appender,
      projected: (at) => parts.projected(district, at),
    }).catch((error: unknown) => {
      if (error instanceof RemovedMeanwhile) return { sequence: null };
      throw error;
    });
    sequence = result.sequence;
  }
  const person = personOf(definitionOf('case-confirmed')!, { district, data: { caseId: said.caseId } });
  const keys = await destroyKeys(parts, streamOf(district), subject, person, await newest());
  return { sequence, keys };
}

class RemovedMeanwhile extends Error {}

/** Destroys the key of a person, and of all else that stands on the subject of his case. @returns how many */
async function destroyKeys(
  { broker, keys }: Pick<RemovalParts, 'broker' | 'keys'>,
  stream: string,
  subject: string,
  person: string,
  through: number,
): Promise<number> {
  if (!keys || through === 0) return 0;
  const sealed: string[] = [];
  for await (const message of readOn(broker, { stream, after: 0, filter: subject, ahead: 500 })) {
    const event = message.json<{ type: string; sealed?: unknown }>();
    if (typeof event.sealed === 'string' && event.type !== personRemoved.type) sealed.push(event.sealed);
    if (message.seq >= through) break;
  }
  return keys.destroy(person, sealed);
}

interface Version {
  sequence: number;
  areaId: string | null;
  removed: boolean;
}

async function versionsOf(database: Database, district: string, caseId: string): Promise<Version[]> {
  const { rows } = await database.query<Version>(
    `SELECT sequence, area_id AS "areaId", removed FROM epidemic.case_versions WHERE district = $1 AND case_id = $2 ORDER BY sequence`,
    [district, caseId],
  );
  return rows;
}

const noSuchCase = (caseId: string) =>
  new Problem(404, 'No such case', {
    errors: [
      {
        ...{ field: 'param.caseId', value: caseId, reason: 'a case that was confirmed' },
        words: { vi: 'mã một ca đã xác nhận', en: 'a case that was confirmed' },
      },
    ],
    vietnamese: { title: 'Không có ca bệnh này' },
  });

export const keysAway = (reason: string) =>
  new Problem(503, 'The keys of persons cannot be used', {
    detail: `Nobody can be removed now: ${reason}.`,
    vietnamese: { title: 'Không dùng được khóa dữ liệu cá nhân', detail: 'Lúc này chưa xóa được ai.' },
  });
