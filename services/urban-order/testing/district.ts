import { newEvent } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { allRows as rowsOf } from '#platform/testing/requests.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { geographySchema } from '../../district/testing/district.ts';
import { urbanOrder } from '../app.ts';
import type { ViolationEvent } from '../violation/events.ts';

export const startUrbanOrder = (now?: () => Date) =>
  startServiceUnderTest(urbanOrder(), {
    now,
    batchEntries: 50,
    others: [geographySchema],
  });

let count = 0;
/** A journal message of a fact that came by another door. */
export function message(
  district: string,
  type: ViolationEvent['type'],
  data: { violationId: string; occurredAt: string } & Record<string, unknown>,
  recordedTime = data.occurredAt,
  id = `e${count++}`,
): Message {
  return newEvent({ type, district, source: 'test', id, time: data.occurredAt, recordedTime, data: data as never })
    .message;
}

const tables = ['violation_versions', 'violation_events', 'violation_heads'];

/** Every row of a district, in a stable order. */
export const allRows = (service: ServiceUnderTest, district: string) =>
  rowsOf(service, 'urban_order', tables, district);
