import type { EventData } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { allRows as rowsOf } from '#platform/testing/requests.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { geographySchema } from '../../district/testing/district.ts';
import { economy } from '../app.ts';

export const startEconomy = (now?: () => Date) =>
  startServiceUnderTest(economy(), {
    now,
    batchEntries: 50,
    others: [geographySchema],
  });

let count = 0;
/** A journal message of a fact that came by another door, known at `recordedTime`. */
export function message<
  Type extends 'business-registered' | 'business-status-changed' | 'revenue-published' | 'indicator-published',
>(district: string, type: Type, recordedTime: string, data: Partial<EventData<Type>>): Message {
  const fact = { type, district, source: 'test', id: `e${count++}`, time: recordedTime, recordedTime };
  return newEvent({ ...fact, data: data as EventData<Type> }).message;
}

const tables = ['business_versions', 'status_spans', 'business_events', 'business_heads', 'indicator_versions'];

/** Every row of a district, in a stable order. */
export const allRows = (service: ServiceUnderTest, district: string) => rowsOf(service, 'economy', tables, district);
