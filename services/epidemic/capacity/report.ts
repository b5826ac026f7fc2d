import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { type Registers, withStatement } from '../../district/registers.ts';
import { changeOrder } from '../../district/statement-order.ts';
import { placeOf, type StatedLocation } from '../stated-place.ts';

export type CapacityEvent = CloudEvent<EventData<'capacity-reported'>> & { type: 'capacity-reported' };

/** Details of a facility, as reports say them. */
export interface FacilityDetails {
  name: string;
  kind: string;
  areaId: string;
  location: StatedLocation;
  bedsTotal: number;
  bedsOccupied: number;
  intensiveCareTotal: number;
  intensiveCareOccupied: number;
  oxygenPoints: number;
  staff: number;
  /** RFC 3339. */
  reportedAt: string;
}

/** What is known of a facility after a report: of each detail the latest report that says it, in whatever order reports come. */
export function withReport(
  before: Registers<FacilityDetails>,
  entry: { sequence: number; event: CapacityEvent },
): Registers<FacilityDetails> {
  const { facilityId: _facility, location, ...details } = entry.event.data;
  return withStatement<FacilityDetails>(
    before,
    {
      ...details,
      ...(location ? { location: { ...location, areaId: details.areaId } } : {}),
      reportedAt: entry.event.time,
    },
    changeOrder(entry),
  );
}

/** Columns of a facility, by what was said of it. Places of intensive care that nobody ever mentioned are none. */
export function facilityRow(said: Registers<FacilityDetails>) {
  const { areaId, lon, lat } = placeOf(said.areaId, said.location, () => false);
  return {
    name: said.name!.value,
    kind: said.kind!.value,
    area_id: areaId,
    lon,
    lat,
    beds_total: said.bedsTotal!.value,
    beds_occupied: said.bedsOccupied!.value,
    intensive_care_total: said.intensiveCareTotal?.value ?? 0,
    intensive_care_occupied: said.intensiveCareOccupied?.value ?? 0,
    oxygen_points: said.oxygenPoints?.value ?? null,
    staff: said.staff?.value ?? null,
    reported_at: said.reportedAt!.value,
  };
}
