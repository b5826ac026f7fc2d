import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';
import { writeVersions } from '#platform/versions.ts';
import { totalOrder } from '../../district/statement-order.ts';

export type IndicatorEvent = CloudEvent<EventData<'indicator-published'>> & {
  type: 'indicator-published' | 'revenue-published';
};

/** Values of series: each publication for the same series, area and period is a version that revises the one before it; one that was published earlier and comes late changes nothing. */
export async function writeIndicators(
  transaction: Transaction,
  district: string,
  entries: Entry<IndicatorEvent>[],
): Promise<void> {
  await writeVersions(
    transaction,
    {
      table: 'economy.indicator_versions',
      key: ['district', 'series', 'indicator_id', 'area_id', 'period_start', 'period_end'],
      columns: {
        district: 'text',
        series: 'text',
        indicator_id: 'text',
        area_id: 'text',
        period_start: 'date',
        period_end: 'date',
        value: 'float8',
        unit: 'text',
        name: 'text',
        source: 'text',
        known_at: 'timestamptz',
        sequence: 'bigint',
        event_id: 'text',
        statement_order: 'text',
      },
      order: 'statement_order',
    },
    entries.map(({ sequence, event }) => ({
      district,
      series: event.type === 'revenue-published' ? 'revenue' : 'indicator',
      indicator_id: event.data.indicatorId,
      area_id: event.data.areaId ?? '',
      period_start: event.data.periodStart,
      period_end: event.data.periodEnd,
      value: event.data.value,
      unit: event.data.unit,
      name: event.data.name ?? null,
      source: event.data.source,
      known_at: new Date(event.recordedtime).toISOString(),
      sequence,
      event_id: messageId(event),
      statement_order: totalOrder({ event, sequence }),
    })),
  );
}
