import { definitionOf, eventDefinitions } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { positionOf } from '#contracts/define-event.ts';
import { isFromFile } from '#contracts/import-kind.ts';
import type { LiveItem } from '#contracts/live.ts';
import { isTraceparent } from '#platform/tracing.ts';

/** Event types that are sent to browsers. */
export const liveTypes: string[] = eventDefinitions().flatMap(({ type, live }) => (live ? [type] : []));

/** What a browser is told of an event, by the event's own declaration; undefined when it is not live. Pure. */
export function toLiveItem(event: CloudEvent, sequence: number): LiveItem | undefined {
  const definition = definitionOf(event.type);
  if (!definition?.live) return undefined;
  const { live, point } = definition;
  const { data } = event;
  // A file tells of entities again that are known, and what it says may not stand (district/births.ts): the rows say where they are and how they stand.
  const asListed = point?.born === true && isFromFile(event);
  const location = asListed ? undefined : positionOf(data);
  const fact = point?.factOf(data);
  const status = asListed ? undefined : (fact?.status ?? definition.status);
  const day = fact && (point?.born || !fact.dayIsFallback) ? fact.day : undefined;
  const values: LiveItem['values'] = {};
  for (const field of live.values) {
    const value = data[field];
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      values[field] = value;
  }
  return {
    id: event.id,
    sequence,
    type: event.type,
    layer: live.feed,
    entity: live.entity.map((field) => String(data[field])).join(' '),
    ...(typeof data.areaId === 'string' ? { areaId: data.areaId } : {}),
    ...(location ? { at: [location.lon, location.lat] as [number, number] } : {}),
    time: event.time,
    recordedTime: event.recordedtime,
    ...(status === undefined ? {} : { status }),
    ...(day === undefined ? {} : { day }),
    values,
    ...(live.ofPerson?.(data) ? { ofPerson: true as const } : {}),
    ...(isTraceparent(event.traceparent) ? { traceparent: event.traceparent } : {}),
  };
}
