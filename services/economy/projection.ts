import { messageId } from '#contracts/new-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { CommitListener, Entry, Projection } from '#platform/projection.ts';
import { readEvents } from '../lifecycle/read-rows.ts';
import { tableNames } from '../lifecycle/tables.ts';
import { forgetEntities, forgetRows, writeFolded } from '../lifecycle/write-rows.ts';
import { readCurrent } from './business/current.ts';
import type { BusinessEvent } from './business/evolve.ts';
import { fold } from './business/fold.ts';
import { businessTables, type Registered, writeSpans } from './business/tables.ts';
import { type IndicatorEvent, writeIndicators } from './indicators/rows.ts';

type EconomyEvent = BusinessEvent | IndicatorEvent;

const isIndicator = (entry: Entry<EconomyEvent>): entry is Entry<IndicatorEvent> =>
  entry.event.type === 'indicator-published' || entry.event.type === 'revenue-published';
const isBusiness = (entry: Entry<EconomyEvent>): entry is Entry<BusinessEvent> =>
  entry.event.type === 'business-registered' || entry.event.type === 'business-status-changed';

/** Tables of businesses. */
export const economyTables = [...tableNames(businessTables), 'economy.status_spans'];

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
      const ids = [...new Set(businesses.map(({ event }) => event.data.businessId))];
      const { seen, told } = await readEvents<Registered, BusinessEvent>(transaction, businessTables, district, {
        ids,
        eventKeys: businesses.map(({ event }) => messageId(event)),
      });
      const folded = fold(businesses, await readCurrent(transaction, district, ids, told), seen, told);
      await writeSpans(transaction, district, folded);
      return writeFolded(transaction, businessTables, district, folded);
    },
    forget: (transaction, district) =>
      forgetRows(transaction, [...economyTables, 'economy.indicator_versions'], district),
    forgetSubject: async (transaction, district, subject) => {
      const [noun, key] = subject.split('.').slice(3);
      if (noun === 'business')
        return forgetEntities(transaction, businessTables, district, subject, [key!], ['economy.status_spans']);
      await transaction.query(
        'DELETE FROM economy.indicator_versions WHERE district = $1 AND series = $2 AND indicator_id = $3',
        [district, noun, key],
      );
      return [subject];
    },
    committed,
  };
}
