import { messageId } from '#contracts/new-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { CommitListener, Entry, Projection } from '#platform/projection.ts';
import { readCurrent } from './business/current.ts';
import type { BusinessEvent } from './business/evolve.ts';
import { fold } from './business/fold.ts';
import { writeBusinesses } from './business/rows.ts';
import { type IndicatorEvent, writeIndicators } from './indicators/rows.ts';

type EconomyEvent = BusinessEvent | IndicatorEvent;

const isIndicator = (entry: Entry<EconomyEvent>): entry is Entry<IndicatorEvent> =>
  entry.event.type === 'indicator-published' || entry.event.type === 'revenue-published';
const isBusiness = (entry: Entry<EconomyEvent>): entry is Entry<BusinessEvent> =>
  entry.event.type === 'business-registered' || entry.event.type === 'business-status-changed';

/** Businesses, their status over time, and series. Touches the areas whose figures may have changed. */
export function economyProjection(committed?: CommitListener): Projection<EconomyEvent> {
  return {
    name: 'economy',
    schema: 'economy',
    filter: (district) => `vx.${district}.economy.>`,
    read: readEvent,
    apply: async (transaction, district, entries) => {
      await writeIndicators(transaction, district, entries.filter(isIndicator));
      const businesses = entries.filter(isBusiness);
      if (businesses.length === 0) return undefined;
      const { rows } = await transaction.query<{ event_key: string }>(
        'SELECT event_key FROM economy.business_events JOIN unnest($2::text[]) AS wanted(event_key) USING (event_key) WHERE district = $1',
        [district, businesses.map(({ event }) => messageId(event))],
      );
      const seen = new Set(rows.map((row) => row.event_key));
      const ids = [...new Set(businesses.map(({ event }) => event.data.businessId))];
      const folded = fold(businesses, await readCurrent(transaction, district, ids), seen);
      return writeBusinesses(transaction, district, folded);
    },
    forget: async (transaction, district) => {
      for (const table of [
        'business_versions',
        'status_spans',
        'business_events',
        'business_heads',
        'indicator_versions',
      ])
        await transaction.query(`DELETE FROM economy.${table} WHERE district = $1`, [district]);
    },
    committed,
  };
}
