import type { EventData, EventType } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { allRows as rowsOf } from '#platform/testing/requests.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { geographySchema } from '../../district/testing/district.ts';
import { epidemic } from '../app.ts';

export const startEpidemic = (now?: () => Date) =>
  startServiceUnderTest(epidemic(), {
    now,
    batchEntries: 40,
    others: [geographySchema],
  });

let count = 0;
/** A journal message of a fact that came by another door. */
export function message<Type extends EventType>(
  district: string,
  type: Type,
  data: EventData<Type>,
  recordedTime: string,
  id = `e${count++}`,
): Message {
  return newEvent({ type, district, source: 'test', id, time: recordedTime, recordedTime, data }).message;
}

const tables = [
  'case_versions',
  'case_waiting',
  'count_versions',
  'doses',
  'vaccination_versions',
  'capacity_versions',
  'feeds',
];

/** Every row of a district, in a stable order. */
export const allRows = (service: ServiceUnderTest, district: string) => rowsOf(service, 'epidemic', tables, district);
