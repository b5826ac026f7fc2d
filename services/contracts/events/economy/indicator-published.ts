import { defineEvent } from '../../define-event.ts';
import { seriesDates, seriesValue } from './series-value.ts';

/** A value of an economic or social series for a period; a later one for the same period revises it. */
export const indicatorPublished = defineEvent({
  type: 'indicator-published',
  service: 'economy',
  noun: 'indicator',
  dataClass: 'aggregate',
  action: 'indicator.publish',
  schema: seriesValue,
  dates: seriesDates,
  key: (data) => data.indicatorId,
  publishedBy: ['economy', 'intake', 'import', 'drill'],
  consumedBy: ['economy', 'live'],
  words: { vi: 'Công bố chỉ số', en: 'Indicator published' },
  live: {
    feed: 'indicators',
    entity: ['indicatorId', 'periodEnd'],
    values: ['indicatorId', 'periodEnd', 'value', 'unit'],
  },
});
