import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, longText } from '../../primitives.ts';

/**
 * A count of cases in an area over a period, as a health department publishes it; a later one for the same area, period and measure
 * revises it. `cases: null` with `suppressed: true` is a count too small to publish, which is not zero.
 */
export const caseCountPublished = defineEvent({
  type: 'case-count-published',
  service: 'epidemic',
  noun: 'count',
  dataClass: 'aggregate',
  action: 'count.publish',
  schema: z.object({
    areaId: identifier,
    measure: z.enum(['new-cases', 'cumulative-cases', 'deaths', 'tests', 'admissions']).default('new-cases'),
    periodStart: day,
    periodEnd: day,
    cases: z.number().min(0).nullable(),
    /** Rate as the source printed it, per 100,000; kept beside the count because its denominator may differ from ours. */
    ratePer100k: z.number().min(0).nullable().optional(),
    population: z.number().int().min(0).optional(),
    suppressed: z.boolean().optional(),
    /** Name of the case definition; a change of it is a break in the series. */
    definition: z.string().max(80).optional(),
    note: longText.optional(),
  }),
  // A count is of days that are over, or of today so far.
  dates: {
    fields: { periodEnd: { notBefore: { field: 'periodStart', words: { vi: 'ngày đầu kỳ', en: 'periodStart' } } } },
  },
  key: (data) => data.areaId,
  publishedBy: ['epidemic', 'intake', 'import', 'replay'],
  consumedBy: ['epidemic', 'live'],
  words: { vi: 'Công bố số ca', en: 'Case count published' },
  live: {
    feed: 'counts',
    entity: ['areaId', 'measure', 'periodEnd'],
    values: ['measure', 'periodEnd', 'cases', 'ratePer100k', 'suppressed'],
  },
});
