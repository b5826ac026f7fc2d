import { createHash } from 'node:crypto';
import type { NewEvent } from '#contracts/new-event.ts';
import type { AreaRevision } from './import-areas.ts';

/** The events of imported areas. The id of each follows from its content, so the same file a second time changes nothing. */
export function areaEvents(
  areas: AreaRevision[],
  placement: { district: string; recordedTime: string; exercise?: boolean },
): NewEvent<'area-revised'>[] {
  return areas.map((data) => ({
    type: 'area-revised',
    district: placement.district,
    source: '/geography/area-import',
    id: `area-${data.areaId}-${createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16)}`,
    time: `${data.validFrom}T00:00:00Z`,
    recordedTime: placement.recordedTime,
    ...(placement.exercise ? { exercise: true } : {}),
    data,
  }));
}
