import type { EventData } from '#contracts/catalogue.ts';
import { subjectOf } from '#contracts/define-event.ts';
import { vaccinatedPerson } from '#contracts/events/epidemic/dose-administered.ts';
import { agesLeft, vaccinatedPersonRemoved } from '#contracts/events/epidemic/vaccinated-person-removed.ts';
import { runCommand } from '#platform/command.ts';
import type { Database } from '#platform/database.ts';
import { newestSequence, streamOf } from '#platform/journal.ts';
import { Problem } from '#platform/problem.ts';
import { type Stamp, stampedEvent } from '../../district/stamp.ts';
import { keysAway, type RemovalParts, type Removed } from './remove.ts';

/** The highest age of coverage that somebody has reached; whose age nobody knows is counted among all. Pure. */
export const ageLeft = (ageYears: number | null): (typeof agesLeft)[number] =>
  agesLeft.findLast((age) => age <= (ageYears ?? 0)) ?? 0;

/**
 * Removes who a person known by doses was: first the journal says so, with the age of coverage of each dose, then his key is destroyed, and the rows lose age and product.
 * Broken off in between it is finished by doing it again; so is what was said of him since.
 *
 * @throws Problem 404 for a person of whom no dose is known, 409 when something was said meanwhile, 503 when journal or keys do not answer
 */
export async function removeVaccinated(
  parts: RemovalParts,
  stamped: Stamp,
  said: Pick<EventData<'vaccinated-person-removed'>, 'personKey' | 'basis' | 'reason'>,
): Promise<Removed> {
  if (parts.keys?.fault) throw keysAway(parts.keys.fault);
  const { district } = stamped;
  const { personKey } = said;
  const subject = subjectOf(vaccinatedPersonRemoved, district, { ...said, doses: [] });
  // His doses stand on the subjects of areas; on his own stand removals alone.
  const head = (await newestSequence(parts.broker, streamOf(district), subject)) ?? 0;
  if (head > 0) await parts.projected(district, head);
  const known = await dosesOf(parts.database, district, personKey);
  if (known.length === 0) throw noSuchPerson(personKey);
  let sequence: number | null = null;
  if (known.some(({ removed }) => !removed)) {
    const result = await runCommand({
      readHead: async () => head,
      read: async () => ({ state: known, sequence: head }),
      ifMatch: undefined,
      decide: () => {
        const doses = known.map(({ doseNumber, ageYears }) => ({ doseNumber, fromAge: ageLeft(ageYears) }));
        return stampedEvent(stamped, {
          type: 'vaccinated-person-removed',
          source: '/epidemic',
          data: { ...said, doses },
        }).message;
      },
      appender: parts.appender,
      projected: (at) => parts.projected(district, at),
    });
    sequence = result.sequence;
  }
  const keys = parts.keys ? await parts.keys.destroy(`${district} ${vaccinatedPerson(personKey)}`, []) : 0;
  return { sequence, keys };
}

interface KnownDose {
  doseNumber: number;
  ageYears: number | null;
  removed: boolean;
}

async function dosesOf(database: Database, district: string, personKey: string): Promise<KnownDose[]> {
  const { rows } = await database.query<KnownDose>(
    `SELECT dose_number AS "doseNumber", age_years AS "ageYears", removed FROM epidemic.doses WHERE district = $1 AND person_key = $2 ORDER BY dose_number`,
    [district, personKey],
  );
  return rows;
}

const noSuchPerson = (personKey: string) =>
  new Problem(404, 'No such person', {
    errors: [
      {
        ...{ field: 'param.personKey', value: personKey, reason: 'a person of whom a dose is known' },
        words: { vi: 'mã một người đã có mũi tiêm được ghi nhận', en: 'a person of whom a dose is known' },
      },
    ],
    vietnamese: { title: 'Không có người này' },
  });
