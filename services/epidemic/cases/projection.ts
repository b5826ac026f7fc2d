import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import { arrayLiteral, insertRows } from '#platform/rows.ts';
import type { WithBirths } from '../../district/births.ts';
import { readRegisters, writeRegisters } from '../../district/registers.ts';
import { type CaseDetails, type CaseEvent, type CaseVersion, foldCases, type Waiting } from './evolve.ts';
import { removePerson } from './remove-person.ts';

const columns = {
  district: 'text',
  case_id: 'text',
  known_at: 'timestamptz',
  known_until: 'timestamptz',
  area_id: 'text',
  lon: 'float8',
  lat: 'float8',
  event_date: 'date',
  event_date_is_fallback: 'boolean',
  onset_date: 'date',
  confirmed_date: 'date',
  age_years: 'int2',
  sex: 'text',
  exposure: 'text',
  status: 'text',
  status_since: 'timestamptz',
  first_sequence: 'int8',
  sequence: 'int8',
  event_id: 'text',
  said: 'text',
  removed: 'boolean',
};

/** Columns of a version that are shown. */
export const shownColumns = `case_id, known_at, known_until::text, area_id, ST_X(at) AS lon, ST_Y(at) AS lat, event_date, event_date_is_fallback, onset_date,
  confirmed_date, age_years, sex, exposure, status, status_since, first_sequence, sequence, event_id, area_is_stated, removed`;

/** What the columns of a version are read by. What was said matters of the current one alone, and there are many others of a case that is told of each day. */
export const caseColumns = `${shownColumns}, CASE WHEN known_until = 'infinity' THEN said END AS said`;

const point = 'CASE WHEN new.lon IS NULL THEN NULL ELSE ST_SetSRID(ST_MakePoint(new.lon, new.lat), 4326) END';

/** Rows of case events, in journal order. Returns the areas whose figures may have changed; null stands for "outside every area". */
export async function writeCases(
  transaction: Transaction,
  district: string,
  entries: { sequence: number; event: CaseEvent }[],
): Promise<void> {
  const caseIds = [...new Set(entries.map(({ event }) => event.data.caseId))];
  const { current, seen } = await readCurrent(transaction, district, caseIds);
  const early = await readWaiting(transaction, district, caseIds);
  for (const [caseId, events] of early)
    seen.set(caseId, new Set([...(seen.get(caseId) ?? []), ...events.map(({ event }) => messageId(event))]));
  const { versions, closed, waiting } = foldCases(
    current,
    (caseId, eventId) => seen.get(caseId)?.has(eventId) ?? false,
    entries,
    early,
  );
  if (waiting) await writeWaiting(transaction, district, waiting);
  if (closed.length)
    await transaction.query(
      `UPDATE epidemic.case_versions AS old SET known_until = new.known_until
       FROM unnest($2::text[], $3::int8[], $4::timestamptz[]) AS new(case_id, sequence, known_until)
       WHERE old.district = $1 AND old.case_id = new.case_id AND old.sequence = new.sequence`,
      [
        district,
        arrayLiteral(closed.map((row) => row.caseId)),
        arrayLiteral(closed.map((row) => row.sequence)),
        arrayLiteral(closed.map((row) => row.knownUntil)),
      ],
    );
  await insertRows(
    transaction,
    'epidemic.case_versions',
    columns,
    versions.map((version) => toRow(district, version)),
    {
      omit: ['lon', 'lat'],
      expressions: {
        at: point,
        area_is_stated: 'new.area_id IS NOT NULL',
        // A position without a stated area belongs to the smallest area that held it on the day of the event.
        area_id: `CASE WHEN new.area_id IS NULL AND new.lon IS NOT NULL THEN (SELECT area_id FROM geography.area_at_point(new.district, ${point}, new.event_date)) ELSE new.area_id END`,
      },
    },
  );
  for (const { sequence, event } of entries)
    if (event.type === 'person-removed') await removePerson(transaction, district, sequence, event.data);
}

function toRow(district: string, version: CaseVersion) {
  return {
    district,
    case_id: version.caseId,
    known_at: version.knownAt,
    known_until: version.knownUntil,
    area_id: version.areaId,
    lon: version.lon,
    lat: version.lat,
    event_date: version.eventDate,
    event_date_is_fallback: version.eventDateIsFallback,
    onset_date: version.onsetDate,
    confirmed_date: version.confirmedDate,
    age_years: version.ageYears,
    sex: version.sex,
    exposure: version.exposure,
    status: version.status,
    status_since: version.statusSince,
    first_sequence: version.firstSequence,
    sequence: version.sequence,
    event_id: version.eventId,
    said: version.said ? writeRegisters(version.said) : null,
    removed: version.removed ?? false,
  };
}

/** Events that made no version: changes that wait for the confirmation, or waited for it, and repetitions. An event that is sent again is known by them. */
async function readWaiting(transaction: Transaction, district: string, caseIds: string[]) {
  // Nearly always none waits, and the names need not be sent.
  const { rowCount } = await transaction.query({
    name: 'any_waiting_case_events',
    text: 'SELECT 1 FROM epidemic.case_waiting WHERE district = $1 LIMIT 1',
    values: [district],
  });
  if (!rowCount) return new Map<string, Waiting[]>();
  const { rows } = await transaction.query<Waiting & { caseId: string }>({
    name: 'waiting_case_events',
    text: `SELECT case_id AS "caseId", sequence, event, applied_by AS "appliedBy" FROM epidemic.case_waiting
           WHERE district = $1 AND case_id = ANY($2::text[]) ORDER BY sequence`,
    values: [district, arrayLiteral(caseIds)],
  });
  return Map.groupBy(rows, ({ caseId }) => caseId);
}

async function writeWaiting(transaction: Transaction, district: string, waiting: Waiting[]): Promise<void> {
  await insertRows(
    transaction,
    'epidemic.case_waiting',
    {
      district: 'text',
      case_id: 'text',
      sequence: 'int8',
      known_at: 'timestamptz',
      event_id: 'text',
      event: 'text',
      applied_by: 'int8',
    },
    waiting.map(({ sequence, event, appliedBy }) => ({
      district,
      case_id: event.data.caseId,
      sequence,
      known_at: event.recordedtime,
      event_id: messageId(event),
      event: JSON.stringify(event),
      applied_by: appliedBy,
    })),
    {
      expressions: { event: 'new.event::json' },
      onConflict: 'ON CONFLICT (district, case_id, sequence) DO UPDATE SET applied_by = excluded.applied_by',
    },
  );
}

async function readCurrent(transaction: Transaction, district: string, caseIds: string[]) {
  const { rows } = await transaction.query<CaseRow>({
    name: 'current_cases',
    text: `SELECT ${caseColumns} FROM epidemic.case_versions WHERE district = $1 AND case_id = ANY($2::text[])`,
    values: [district, arrayLiteral(caseIds)],
  });
  const current = new Map<string, CaseVersion>();
  const seen = new Map<string, Set<string>>();
  for (const row of rows) {
    const events = seen.get(row.case_id) ?? new Set();
    seen.set(row.case_id, events.add(row.event_id));
    if (row.known_until === 'infinity') current.set(row.case_id, fromRow(row));
  }
  return { current, seen };
}

/** Columns of a case version as the driver gives them. */
export interface CaseRow {
  case_id: string;
  known_at: Date;
  known_until: string;
  area_id: string | null;
  lon: number | null;
  lat: number | null;
  event_date: string;
  event_date_is_fallback: boolean;
  onset_date: string | null;
  confirmed_date: string;
  age_years: number | null;
  sex: string | null;
  exposure: string;
  status: string;
  status_since: Date;
  first_sequence: number;
  sequence: number;
  event_id: string;
  area_is_stated: boolean;
  removed: boolean;
  said: string | null;
}

export function fromRow(row: CaseRow): CaseVersion {
  return {
    caseId: row.case_id,
    knownAt: row.known_at.toISOString(),
    knownUntil: row.known_until === 'infinity' ? 'infinity' : new Date(row.known_until).toISOString(),
    areaId: row.area_id,
    lon: row.lon,
    lat: row.lat,
    eventDate: row.event_date,
    eventDateIsFallback: row.event_date_is_fallback,
    onsetDate: row.onset_date,
    confirmedDate: row.confirmed_date,
    ageYears: row.age_years,
    sex: row.sex,
    exposure: row.exposure,
    status: row.status,
    statusSince: row.status_since.toISOString(),
    firstSequence: row.first_sequence,
    sequence: row.sequence,
    eventId: row.event_id,
    ...(row.area_is_stated ? {} : { areaIsStated: false }),
    ...(row.removed ? { removed: true } : {}),
    ...(row.said === null ? {} : { said: readRegisters<WithBirths<CaseDetails>>(row.said) }),
  };
}
