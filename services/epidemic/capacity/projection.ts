import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import { type VersionedTable, writeVersions } from '#platform/versions.ts';

export type CapacityEvent = CloudEvent<EventData<'capacity-reported'>> & { type: 'capacity-reported' };

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

/** Capacity of facilities: the newest report of each stands until the next. */
export async function writeCapacity(
  transaction: Transaction,
  district: string,
  entries: { sequence: number; event: CapacityEvent }[],
): Promise<void> {
  await writeVersions(
    transaction,
    capacity,
    entries.map(({ sequence, event: { data, ...event } }) => ({
      district,
      facility_id: data.facilityId,
      name: data.name,
      kind: data.kind,
      area_id: data.areaId ?? null,
      lon: data.location?.lon ?? null,
      lat: data.location?.lat ?? null,
      beds_total: data.bedsTotal,
      beds_occupied: data.bedsOccupied,
      intensive_care_total: data.intensiveCareTotal,
      intensive_care_occupied: data.intensiveCareOccupied,
      oxygen_points: data.oxygenPoints ?? null,
      staff: data.staff ?? null,
      reported_at: event.time,
      known_at: event.recordedtime,
      sequence,
      event_id: messageId(event),
    })),
  );
}
