import type { EventData } from '#contracts/catalogue.ts';
import type { Transaction } from '#platform/database.ts';
import { arrayLiteral } from '#platform/rows.ts';
import { identifyingTexts } from './evolve.ts';

/** Area of each version of a case, by its place in the journal. */
type Areas = EventData<'person-removed'>['areas'];

/**
 * The area of a version: that of the newest one that was known not after it. A rebuild may make a version of a confirmation that repeated what was known: its place cannot be
 * compared any more. Pure.
 *
 * @returns undefined: none was known
 */
export const areaOfVersion = (areas: Areas, sequence: number): string | null | undefined =>
  areas.findLast((area) => area.sequence <= sequence)?.areaId;

/** Takes who the case was out of all its rows up to a removal. Area, days, status and outcome stay: they are what is counted. */
export async function removePerson(
  transaction: Transaction,
  district: string,
  removedAt: number,
  { caseId, areas }: EventData<'person-removed'>,
): Promise<void> {
  const { rows } = await transaction.query<{ sequence: number; area_id: string | null }>(
    'SELECT sequence, area_id FROM epidemic.case_versions WHERE district = $1 AND case_id = $2 AND sequence < $3',
    [district, caseId, removedAt],
  );
  const known = rows.map(({ sequence, area_id }) => ({ sequence, area: areaOfVersion(areas, sequence) ?? area_id }));
  await transaction.query(
    `UPDATE epidemic.case_versions AS v SET at = NULL, age_years = NULL, sex = NULL, said = NULL, removed = true, area_id = new.area_id, area_is_stated = new.area_id IS NOT NULL
     FROM unnest($3::int8[], $4::text[]) AS new(sequence, area_id) WHERE v.district = $1 AND v.case_id = $2 AND v.sequence = new.sequence`,
    [district, caseId, arrayLiteral(known.map((row) => row.sequence)), arrayLiteral(known.map((row) => row.area))],
  );
  const hidden = ['location', 'ageYears', 'sex', ...identifyingTexts].map((field) => `#- '{data,${field}}'`).join(' ');
  await transaction.query(
    `UPDATE epidemic.case_waiting SET event = (event::jsonb ${hidden})::json WHERE district = $1 AND case_id = $2 AND sequence <= $3`,
    [district, caseId, removedAt],
  );
}
