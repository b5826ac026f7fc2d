import { z } from '@hono/zod-openapi';
import { forecastTargets } from '../../events/ml/forecast-issued.ts';
import { areaQuery } from '../../http.ts';
import { askedInstant, bothLanguages, districtId, identifier } from '../../primitives.ts';
import { abstention } from './abstention.ts';

const target = z.enum(forecastTargets);
const cadence = z.enum(['weekly', 'daily']);

/** GET /api/forecasts */
export const forecastQuery = areaQuery.extend({ target: target.default('cases'), cadence: cadence.default('weekly') });

/** One coming week or day: quantiles of the target at the answer's levels, beside the flat baseline's. */
export const forecastHorizon = z.object({
  /** Weeks ahead; daily answers count days. */
  weeks: z.number().optional(),
  days: z.number().optional(),
  targetDate: z.string(),
  quantiles: z.array(z.number()),
  baseline: z.array(z.number()),
});
export type ForecastHorizon = z.infer<typeof forecastHorizon>;

/** How forecasts of one horizon have done. */
export const trackRecord = z.object({
  weeks: z.number().optional(),
  days: z.number().optional(),
  /** Bands whose truth is known by now, and how many of them held it. */
  of: z.number(),
  held50: z.number(),
  held95: z.number(),
  wis: z.number().nullable(),
  baselineWis: z.number().nullable(),
  /** Below one is better than the baseline. */
  relativeWis: z.number().nullable(),
  sentence: bothLanguages.nullable(),
});
export type TrackRecord = z.infer<typeof trackRecord>;

export const forecastAnswer = z.object({
  district: z.string(),
  areaId: z.string(),
  asOf: z.string(),
  target: z.string(),
  unit: z.string(),
  cadence: z.enum(['week', 'day']),
  targets: z.array(z.string()).openapi({ description: 'targets of which anything was heard for this area' }),
  cadences: z.array(z.enum(['week', 'day'])),
  levels: z.array(z.number()),
  issuedAt: z.string().nullable(),
  dataThroughDate: z.string().nullable(),
  cardId: z.string().nullable(),
  method: z.string().nullable().openapi({ description: 'what the quantiles are of' }),
  reason: z.string().nullable().openapi({ description: 'why the baseline is shown' }),
  horizons: z.array(forecastHorizon),
  trackRecord: z.array(trackRecord),
  backtest: z.unknown().openapi({ description: 'of the run, from its card' }),
  abstention: abstention.nullable(),
});
export type ForecastAnswer = z.infer<typeof forecastAnswer>;

/** POST /api/forecasts: computed for a moment, not stored. */
export const computeForecastRequest = z.object({
  district: districtId,
  areaIds: z.array(identifier).min(1).max(500).optional(),
  target: target.default('cases'),
  asOf: askedInstant.optional(),
});

export const computedForecasts = z.object({
  district: z.string(),
  asOf: z.string(),
  target: z.string(),
  version: z.string(),
  stored: z.literal(false),
  levels: z.array(z.number()),
  weekUnit: z.string(),
  dayUnit: z.string(),
  areas: z.array(
    z.object({
      areaId: z.string(),
      dataThroughDate: z.string(),
      method: z.string().nullable(),
      reason: z.string().nullable(),
      weeks: z.array(forecastHorizon),
      days: z.array(forecastHorizon),
      abstention: abstention.nullable(),
    }),
  ),
  card: z.unknown(),
});
