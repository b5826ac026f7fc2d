import { z } from '@hono/zod-openapi';
import type { EventDates } from '../../define-event.ts';
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

/**
 * A period has begun when a value of it is published, and need not be over: the estimate of a month or a year (ước thực hiện) comes before its end.
 * The country's statistics begin in 1945.
 */
export const seriesDates: EventDates = {
  earliest: '1945-01-01',
  fields: {
    periodEnd: {
      daysAhead: 366,
      notBefore: { field: 'periodStart', words: { vi: 'ngày đầu kỳ', en: 'periodStart' } },
    },
  },
};
