import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { VersionRow } from '#platform/fold-versions.ts';
import { arrayLiteral } from '#platform/rows.ts';
import { type VersionedTable, writeVersions } from '#platform/versions.ts';
import { type Registers, readRegisters, writeRegisters } from '../../district/registers.ts';
import { type CapacityEvent, type FacilityDetails, facilityRow, withReport } from './report.ts';

const point = 'CASE WHEN new.lon IS NULL THEN NULL ELSE ST_SetSRID(ST_MakePoint(new.lon, new.lat), 4326) END';

const capacity: VersionedTable = {
  table: 'epidemic.capacity_versions',
  key: ['district', 'facility_id'],
  columns: {
    district: 'text',
    facility_id: 'text',
    name: 'text',
    kind: 'text',
    area_id: 'text',
    lon: 'float8',
    lat: 'float8',
    beds_total: 'int4',
    beds_occupied: 'int4',
    intensive_care_total: 'int4',
    intensive_care_occupied: 'int4',
    oxygen_points: 'int4',
    staff: 'int4',
    reported_at: 'timestamptz',
    said: 'text',
    known_at: 'timestamptz',
    sequence: 'int8',
    event_id: 'text',
  },
  omit: ['lon', 'lat'],
  expressions: {
    at: point,
    area_id: `CASE WHEN new.area_id IS NULL AND new.lon IS NOT NULL THEN (SELECT area_id FROM geography.area_at_point(new.district, ${point}, new.reported_at::date)) ELSE new.area_id END`,
  },
};

/** Capacity of facilities: every report makes a version, with what is known of the facility after it. */
export async function writeCapacity(
  transaction: Transaction,
  district: string,
  entries: { sequence: number; event: CapacityEvent }[],
): Promise<void> {
  const { current, seen } = await readFacilities(transaction, district, [
    ...new Set(entries.map(({ event }) => event.data.facilityId)),
  ]);
  const rows: VersionRow[] = [];
  for (const { sequence, event } of entries) {
    const { facilityId } = event.data;
    const eventId = messageId(event);
    if (seen.has(`${facilityId} ${eventId}`)) continue;
    seen.add(`${facilityId} ${eventId}`);
    const said = withReport(current.get(facilityId) ?? {}, { sequence, event });
    current.set(facilityId, said);
    rows.push({
      district,
      facility_id: facilityId,
      ...facilityRow(said),
      said: writeRegisters(said),
      known_at: event.recordedtime,
      sequence,
      event_id: eventId,
    });
  }
  await writeVersions(transaction, capacity, rows);
}

async function readFacilities(transaction: Transaction, district: string, facilityIds: string[]) {
  const { rows } = await transaction.query<{
    facility_id: string;
    event_id: string;
    said: string | null;
    is_current: boolean;
  }>(
    `SELECT facility_id, event_id, said, known_until = 'infinity' AS is_current FROM epidemic.capacity_versions
     WHERE district = $1 AND facility_id = ANY($2::text[])`,
    [district, arrayLiteral(facilityIds)],
  );
  const current = new Map<string, Registers<FacilityDetails>>();
  for (const { facility_id, said, is_current } of rows)
    if (is_current && said !== null) current.set(facility_id, readRegisters(said));
  return { current, seen: new Set(rows.map((row) => `${row.facility_id} ${row.event_id}`)) };
}
