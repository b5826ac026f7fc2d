import type { Columns } from '#platform/rows.ts';
import type { Violation } from './state.ts';

/** A version of a violation with its place in the journal and in what the centre knew. Times are text: microseconds survive. */
export interface Version {
  violation: Violation;
  knownAt: string;
  knownUntil: string;
  firstSequence: number;
  sequence: number;
  eventKey: string;
}

/** Columns of urban_order.violation_versions as they are inserted; lon and lat become `at`, and the area is resolved there. */
export const versionColumns: Columns = {
  district: 'text',
  violation_id: 'text',
  known_at: 'timestamptz',
  known_until: 'timestamptz',
  reported: 'boolean',
  kind: 'text',
  source_kind: 'text',
  status: 'text',
  status_since: 'timestamptz',
  occurred_at: 'timestamptz',
  stated_area_id: 'text',
  lon: 'float8',
  lat: 'float8',
  address: 'text',
  description: 'text',
  reporter: 'text',
  reference: 'text',
  minutes_number: 'text',
  decision_number: 'text',
  authority: 'text',
  fine_vnd: 'bigint',
  merged_into: 'text',
  irregular: 'text',
  due_step: 'text',
  due_rule: 'text',
  due_from: 'timestamptz',
  due_hours: 'integer',
  due_days: 'integer',
  due_on: 'date',
  first_sequence: 'bigint',
  sequence: 'bigint',
  event_key: 'text',
};

export function versionRow(district: string, version: Version) {
  const { violation } = version;
  return {
    district,
    violation_id: violation.violationId,
    known_at: version.knownAt,
    known_until: version.knownUntil,
    reported: violation.reported,
    kind: violation.kind,
    source_kind: violation.sourceKind,
    status: violation.status,
    status_since: violation.statusSince,
    occurred_at: violation.occurredAt,
    stated_area_id: violation.statedAreaId,
    lon: violation.location?.lon ?? null,
    lat: violation.location?.lat ?? null,
    address: violation.address,
    description: violation.description,
    reporter: violation.reporter,
    reference: violation.reference,
    minutes_number: violation.minutesNumber,
    decision_number: violation.decisionNumber,
    authority: violation.authority,
    fine_vnd: violation.fineVnd,
    merged_into: violation.mergedInto,
    irregular: JSON.stringify(violation.irregular),
    due_step: violation.due?.step ?? null,
    due_rule: violation.due?.rule ?? null,
    due_from: violation.due?.from ?? null,
    due_hours: violation.due?.hours ?? null,
    due_days: violation.due?.days ?? null,
    due_on: violation.due?.on ?? null,
    first_sequence: version.firstSequence,
    sequence: version.sequence,
    event_key: version.eventKey,
  };
}

/** Columns of a current version as they are read back; timestamps as text. */
export const readColumns = `v.violation_id, v.known_at::text, v.reported, v.kind, v.source_kind, v.status, v.status_since::text, v.occurred_at::text,
  v.stated_area_id, v.area_id, ST_X(v.at) AS lon, ST_Y(v.at) AS lat, v.address, v.description, v.reporter, v.reference, v.minutes_number, v.decision_number,
  v.authority, v.fine_vnd, v.merged_into, v.irregular, v.due_step, v.due_rule, v.due_from::text, v.due_hours, v.due_days, v.due_on,
  v.first_sequence, v.sequence, v.event_key`;

export type ReadRow = Omit<ReturnType<typeof versionRow>, 'irregular' | 'district' | 'known_until'> & {
  irregular: string[];
  area_id: string | null;
};

export function violationOf(row: ReadRow): Violation {
  return {
    violationId: row.violation_id,
    reported: row.reported,
    kind: row.kind,
    sourceKind: row.source_kind,
    status: row.status,
    statusSince: row.status_since,
    occurredAt: row.occurred_at,
    location: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
    statedAreaId: row.stated_area_id,
    address: row.address,
    description: row.description,
    reporter: row.reporter,
    reference: row.reference,
    minutesNumber: row.minutes_number,
    decisionNumber: row.decision_number,
    authority: row.authority,
    fineVnd: row.fine_vnd,
    mergedInto: row.merged_into,
    irregular: row.irregular,
    due:
      row.due_step === null
        ? null
        : {
            step: row.due_step,
            rule: row.due_rule!,
            from: row.due_from!,
            hours: row.due_hours,
            days: row.due_days,
            on: row.due_on,
          },
  };
}
