import { z } from '@hono/zod-openapi';
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
