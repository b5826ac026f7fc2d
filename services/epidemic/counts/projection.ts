import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import { type VersionedTable, writeVersions } from '#platform/versions.ts';
import { totalOrder } from '../../district/statement-order.ts';
import { repeatedTotals } from './repeated-totals.ts';

export type CountEvent = CloudEvent<EventData<'case-count-published'>> & { type: 'case-count-published' };

const counts: VersionedTable = {
  table: 'epidemic.count_versions',
  key: ['district', 'area_id', 'measure', 'period_start', 'period_end'],
  columns: {
    district: 'text',
    area_id: 'text',
    measure: 'text',
    period_start: 'date',
    period_end: 'date',
    known_at: 'timestamptz',
    cases: 'float8',
    rate_per_100k: 'float8',
    population: 'int4',
    suppressed: 'bool',
    definition: 'text',
    note: 'text',
    sequence: 'int8',
    event_id: 'text',
    statement_order: 'text',
  },
  // The same figure published again is not a revision.
  compared: ['cases', 'rate_per_100k', 'population', 'suppressed', 'definition'],
  order: 'statement_order',
  repeats: repeatedTotals,
};

/** Published counts: each different figure for the same area, measure and period is a version of its own. */
export async function writeCounts(
  transaction: Transaction,
  district: string,
  entries: { sequence: number; event: CountEvent }[],
): Promise<void> {
  await writeVersions(
    transaction,
    counts,
    entries.map(({ sequence, event: { data, ...event } }) => ({
      district,
      area_id: data.areaId,
      measure: data.measure,
      period_start: data.periodStart,
      period_end: data.periodEnd,
      known_at: event.recordedtime,
      cases: data.cases,
      rate_per_100k: data.ratePer100k ?? null,
      population: data.population ?? null,
      suppressed: data.suppressed ?? false,
      definition: data.definition ?? null,
      note: data.note ?? null,
      sequence,
      event_id: messageId(event),
      statement_order: totalOrder({ event, sequence }),
    })),
  );
}
