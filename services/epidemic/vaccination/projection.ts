import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import { insertRows } from '#platform/rows.ts';
import { type VersionedTable, writeVersions } from '#platform/versions.ts';
import { birthOrder, totalOrder } from '../../district/statement-order.ts';
import { repeatedTotals } from '../counts/repeated-totals.ts';

export type DoseEvent = CloudEvent<EventData<'dose-administered'>> & { type: 'dose-administered' };
export type VaccinatedRemovedEvent = CloudEvent<EventData<'vaccinated-person-removed'>> & {
  type: 'vaccinated-person-removed';
};
export type VaccinationCountEvent = CloudEvent<EventData<'vaccination-count-published'>> & {
  type: 'vaccination-count-published';
};

const doseColumns = {
  district: 'text',
  person_key: 'text',
  dose_number: 'int2',
  dose_id: 'text',
  area_id: 'text',
  age_years: 'int2',
  administered_date: 'date',
  completes_course: 'bool',
  product: 'text',
  known_at: 'timestamptz',
  sequence: 'int8',
  event_id: 'text',
  statement_order: 'text',
};

/** The report that was made first stands, whichever was heard first. A row of who was removed is left as it is. */
const firstReportStands = `ON CONFLICT (district, person_key, dose_number) DO UPDATE SET
  ${[
    'dose_id',
    'area_id',
    'age_years',
    'administered_date',
    'completes_course',
    'product',
    'known_at',
    'sequence',
    'event_id',
    'statement_order',
  ]
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}
  WHERE NOT doses.removed AND excluded.statement_order < doses.statement_order`;

/**
 * Doses: a person has each dose number once, whoever reports it how often. The report that was made first stands, in whatever order they
 * are heard. Of who was removed the age of coverage is left, and no
 * product.
 */
export async function writeDoses(
  transaction: Transaction,
  district: string,
  entries: { sequence: number; event: DoseEvent | VaccinatedRemovedEvent }[],
): Promise<void> {
  let rows: ReturnType<typeof rowOfDose>[] = [];
  for (const { sequence, event } of entries) {
    if (event.type === 'dose-administered') {
      rows.push(rowOfDose(district, sequence, event));
      continue;
    }
    // What is reported after a removal meets the row of who was removed, as it does in a batch of its own.
    await writeFirstReports(transaction, rows);
    rows = [];
    await transaction.query(
      `UPDATE epidemic.doses AS d SET age_years = said."fromAge", product = NULL, removed = true
       FROM json_to_recordset($3::json) AS said("doseNumber" int, "fromAge" int)
       WHERE d.district = $1 AND d.person_key = $2 AND d.dose_number = said."doseNumber" AND d.sequence < $4`,
      [district, event.data.personKey, JSON.stringify(event.data.doses), sequence],
    );
  }
  await writeFirstReports(transaction, rows);
}

async function writeFirstReports(transaction: Transaction, rows: ReturnType<typeof rowOfDose>[]): Promise<void> {
  const first = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const dose = `${row.dose_number} ${row.person_key}`;
    const stands = first.get(dose);
    if (!stands || row.statement_order < stands.statement_order) first.set(dose, row);
  }
  await insertRows(transaction, 'epidemic.doses', doseColumns, [...first.values()], { onConflict: firstReportStands });
}

function rowOfDose(district: string, sequence: number, { data, ...event }: DoseEvent) {
  // What was sealed of him is not there when he was removed.
  const { ageYears }: { ageYears?: number } = data;
  return {
    district,
    person_key: data.personKey,
    dose_number: data.doseNumber,
    dose_id: data.doseId,
    area_id: data.areaId,
    age_years: ageYears ?? null,
    administered_date: data.administeredDate,
    completes_course: data.doseNumber >= data.courseDoses,
    product: data.product ?? null,
    known_at: event.recordedtime,
    sequence,
    event_id: messageId(event),
    statement_order: birthOrder(event),
  };
}

const published: VersionedTable = {
  table: 'epidemic.vaccination_versions',
  key: ['district', 'area_id', 'age_group', 'as_of_date'],
  columns: {
    district: 'text',
    area_id: 'text',
    age_group: 'text',
    as_of_date: 'date',
    known_at: 'timestamptz',
    population: 'int4',
    one_dose: 'int4',
    full_course: 'int4',
    additional_dose: 'int4',
    note: 'text',
    sequence: 'int8',
    event_id: 'text',
    statement_order: 'text',
  },
  compared: ['population', 'one_dose', 'full_course', 'additional_dose'],
  order: 'statement_order',
  repeats: repeatedTotals,
};

/** Published cumulative vaccination: may fall and may pass the population; it is kept as it was published. */
export async function writeVaccinationCounts(
  transaction: Transaction,
  district: string,
  entries: { sequence: number; event: VaccinationCountEvent }[],
): Promise<void> {
  await writeVersions(
    transaction,
    published,
    entries.map(({ sequence, event: { data, ...event } }) => ({
      district,
      area_id: data.areaId,
      age_group: data.ageGroup,
      as_of_date: data.asOfDate,
      known_at: event.recordedtime,
      population: data.population ?? null,
      one_dose: data.peopleAtLeastOneDose,
      full_course: data.peopleFullCourse,
      additional_dose: data.peopleAdditionalDose ?? null,
      note: data.note ?? null,
      sequence,
      event_id: messageId(event),
      statement_order: totalOrder({ event, sequence }),
    })),
  );
}
