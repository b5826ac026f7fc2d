import { vaccinatedPerson } from '#contracts/events/epidemic/dose-administered.ts';
import type { Attribution } from '#contracts/new-event.ts';
import type { Database } from '#platform/database.ts';
import type { RetentionDuty } from '../../district/keep-retention.ts';
import type { Stamp } from '../../district/stamp.ts';
import { type RemovalParts, removePersonOf } from './remove.ts';
import { removeVaccinated } from './remove-vaccinated.ts';

export interface DutyParts extends RemovalParts {
  stampOf: (district: string, by: Attribution) => Promise<Stamp>;
}

/** Whose time may be over here: cases, and persons known by doses. */
export const retentionDuties = (parts: DutyParts): RetentionDuty[] => [
  {
    class: 'case-identity',
    over: (district, until) => casesOver(parts.database, district, until),
    unfinished: (district) => saidOfRemoved(parts.database, district),
    remove: async (district, caseId, said, by) =>
      removePersonOf(parts, await parts.stampOf(district, by), { caseId, ...said }),
  },
  {
    class: 'vaccinated-identity',
    over: (district, until) => vaccinatedOver(parts.database, district, until),
    unfinished: async (district) => {
      const { keys } = parts;
      if (!keys || keys.fault) return [];
      const removed = await removedVaccinated(parts.database, district);
      return removed.filter((personKey) => !keys.isRemoved(`${district} ${vaccinatedPerson(personKey)}`));
    },
    remove: async (district, personKey, said, by) =>
      removeVaccinated(parts, await parts.stampOf(district, by), { personKey, ...said }),
  },
];

type Until = Parameters<RetentionDuty['over']>[1];

/** Cases of which nothing was said after a day, and which still say who it is. */
async function casesOver(database: Database, district: string, { lastDay, timeZone, most }: Until): Promise<string[]> {
  const { rows } = await database.query<{ case_id: string }>(
    `SELECT case_id FROM epidemic.case_versions
     WHERE district = $1 AND known_until = 'infinity' AND NOT removed AND (known_at AT TIME ZONE $3)::date <= $2::date AND event_date <= $2::date
     ORDER BY event_date, case_id LIMIT $4`,
    [district, lastDay, timeZone, most],
  );
  return rows.map((row) => row.case_id);
}

/** Removed cases of which something was said since. */
async function saidOfRemoved(database: Database, district: string): Promise<string[]> {
  const { rows } = await database.query<{ case_id: string }>(
    `SELECT DISTINCT case_id FROM epidemic.case_versions WHERE district = $1 AND removed AND known_at > now() - interval '40 days'`,
    [district],
  );
  return rows.map((row) => row.case_id);
}

/** Persons of whom no dose was given or told of after a day, and one of whose doses still says of whom it is. */
async function vaccinatedOver(
  database: Database,
  district: string,
  { lastDay, timeZone, most }: Until,
): Promise<string[]> {
  const { rows } = await database.query<{ person_key: string }>(
    `SELECT person_key FROM epidemic.doses WHERE district = $1 GROUP BY person_key
     HAVING NOT bool_and(removed) AND max((known_at AT TIME ZONE $3)::date) <= $2::date AND max(administered_date) <= $2::date
     ORDER BY max(administered_date), person_key LIMIT $4`,
    [district, lastDay, timeZone, most],
  );
  return rows.map((row) => row.person_key);
}

/** Persons one of whose doses was removed. */
async function removedVaccinated(database: Database, district: string): Promise<string[]> {
  const { rows } = await database.query<{ person_key: string }>(
    'SELECT DISTINCT person_key FROM epidemic.doses WHERE district = $1 AND removed',
    [district],
  );
  return rows.map((row) => row.person_key);
}
