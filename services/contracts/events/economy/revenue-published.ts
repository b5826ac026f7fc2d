import { defineEvent } from '../../define-event.ts';
import { seriesDates, seriesValue } from './series-value.ts';

/** Budget or business revenue of a period, in dong. */
export const revenuePublished = defineEvent({
  type: 'revenue-published',
  service: 'economy',
  noun: 'revenue',
  dataClass: 'aggregate',
  action: 'revenue.publish',
  schema: seriesValue,
  dates: seriesDates,
  key: (data) => data.indicatorId,
  publishedBy: ['economy', 'intake', 'import', 'drill'],
  consumedBy: ['economy', 'live'],
  words: { vi: 'Công bố thu ngân sách', en: 'Budget revenue published' },
  live: {
    feed: 'indicators',
    entity: ['indicatorId', 'periodEnd'],
    values: ['indicatorId', 'periodEnd', 'value', 'unit'],
  },
});
