import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, longText } from '../../primitives.ts';
import { abstention } from './abstention.ts';

const quantiles = z
  .array(z.number().min(0))
  .length(23)
  .refine((values) => values.every((value, i) => i === 0 || value >= values[i - 1]!), 'must not fall');

/**
 * What can be forecast. Cases and admissions are sums (of the seven days up to targetDate, or of that day); beds, intensive-care and
 * businesses-active are the level on targetDate.
 */
export const forecastTargets = ['cases', 'admissions', 'beds', 'intensive-care', 'businesses-active'] as const;
export type ForecastTarget = (typeof forecastTargets)[number];

/** The forecast of one area and target as it was before the fact: 23 quantiles (the hubs' levels) a week, and a day where the series has days, beside the flat baseline's. */
export const forecastIssued = defineEvent({
  type: 'forecast-issued',
  service: 'ml',
  noun: 'forecast',
  dataClass: 'aggregate',
  action: 'forecast.issue',
  schema: z
    .object({
      areaId: identifier,
      target: z.enum(forecastTargets),
      dataThroughDate: day,
      cardId: identifier,
      /** What `quantiles` are of. */
      method: z.enum(['combination', 'baseline']).optional(),
      /** Why the baseline is shown, when it is. */
      reason: longText.optional(),
      horizons: z
        .array(z.object({ weeks: z.number().int().min(1).max(4), targetDate: day, quantiles, baseline: quantiles }))
        .min(1)
        .max(4)
        .optional(),
      /** The same by days. */
      days: z
        .array(z.object({ days: z.number().int().min(1).max(28), targetDate: day, quantiles, baseline: quantiles }))
        .min(1)
        .max(28)
        .optional(),
      abstention: abstention.optional(),
      /** The card of the run, said with its first area. Shape: ModelCard of the ml room. */
      card: z.record(z.string(), z.unknown()).optional(),
    })
    .check((context) => {
      const { horizons, method, abstention } = context.value;
      if ((horizons !== undefined && method !== undefined) === (abstention !== undefined))
        context.issues.push({
          code: 'custom',
          path: ['abstention'],
          input: abstention,
          message: 'either method and horizons, or an abstention',
          params: { vi: 'hoặc có method và horizons, hoặc có abstention' },
        });
    }),
  dates: 'computed',
  key: (data) => data.areaId,
  publishedBy: ['ml'],
  consumedBy: ['ml', 'live'],
  words: { vi: 'Ra dự báo mới', en: 'New forecast' },
  live: { feed: 'forecasts', entity: ['areaId', 'target'], values: ['target', 'method', 'dataThroughDate'] },
});
