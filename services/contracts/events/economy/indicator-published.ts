import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, longText, shortText } from '../../primitives.ts';

/** A value of a series for a period. */
export const seriesValue = z.object({
  indicatorId: identifier,
  areaId: identifier.optional(),
  periodStart: day,
  periodEnd: day,
  value: z.number(),
  unit: shortText,
  name: shortText.optional(),
  /** Where the figure was read; a figure without a source is not shown to leaders. */
  source: longText.min(1),
});

/** A value of an economic or social series for a period; a later one for the same period revises it. */
export const indicatorPublished = defineEvent({
  type: 'indicator-published',
  service: 'economy',
  noun: 'indicator',
  dataClass: 'aggregate',
  action: 'indicator.publish',
  schema: seriesValue,
  key: (data) => data.indicatorId,
  saidBy: ['economy', 'intake', 'import', 'drill'],
  heardBy: ['economy', 'live'],
});

/** Budget or business revenue of a period, in dong. */
export const revenuePublished = defineEvent({
  type: 'revenue-published',
  service: 'economy',
  noun: 'revenue',
  dataClass: 'aggregate',
  action: 'revenue.publish',
  schema: seriesValue,
  key: (data) => data.indicatorId,
  saidBy: ['economy', 'intake', 'import', 'drill'],
  heardBy: ['economy', 'live'],
});
