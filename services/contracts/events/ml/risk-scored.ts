import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, longText } from '../../primitives.ts';
import { abstention } from './abstention.ts';

const share = z.number().min(0).max(1);

/** One coming week of an area: how likely each incidence band is, and that the band rises above or falls below the present one. */
export const riskHorizon = z.object({
  weeks: z.number().int().min(1).max(8),
  targetDate: day,
  bands: z.array(share).min(2).max(8),
  rise: share,
  fall: share,
});

/**
 * What moves the score, by exact ablation: points of 100; what it does to the expected cases (0.3: 30 % more), which still tells where the score is at its
 * end; and the same in words with its numbers.
 */
export const riskDriver = z.object({
  driver: identifier,
  points: z.number(),
  expectedChange: z.number().min(-1).optional(),
  vi: longText,
  en: longText,
});

/** A thing known of an area beside its cases. It moves the score only where the district's own weeks showed an effect; the note says which. */
export const riskContext = z.object({
  name: identifier,
  value: z.number().nullable(),
  /** Mean of the areas of the level. */
  mean: z.number().nullable(),
  /** Log change of the rate in a week that went with one standard deviation more, with its 95 % interval; null: cannot be told. */
  effectPerWeek: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  moves: z.boolean(),
  vi: longText,
  en: longText,
});

/** A risk is stated or withheld by name, never both and never neither. */
export const riskScored = defineEvent({
  type: 'risk-scored',
  service: 'ml',
  noun: 'risk',
  dataClass: 'aggregate',
  action: 'risk.score',
  schema: z
    .object({
      areaId: identifier,
      /** Last day of the newest week that was looked at. */
      dataThroughDate: day,
      /** Cut points of the bands, cases per 100,000 a week: a policy. */
      cuts: z.array(z.number().positive()).min(1).max(7),
      modelId: identifier,
      /** 0-100: expected share of cut points reached in the next two weeks. */
      score: z.number().min(0).max(100).optional(),
      /** Of the newest week, as reported so far: the map's own number. */
      ratePer100k: z.number().min(0).optional(),
      /** The same, completed by the reporting delays seen so far; what presentBand is of. */
      nowcastPer100k: z.number().min(0).optional(),
      presentBand: z.number().int().min(1).max(8).optional(),
      /** The two-week horizon again, flat, for a map that takes plain values. */
      riseIn2Weeks: share.optional(),
      fallIn2Weeks: share.optional(),
      /** Last day of the newest week that was believed; earlier than dataThroughDate when the last week was doubted. */
      baseDate: day.optional(),
      horizons: z.array(riskHorizon).min(1).max(8).optional(),
      drivers: z.array(riskDriver).max(8).optional(),
      context: z.array(riskContext).max(12).optional(),
      abstention: abstention.optional(),
      /** How the model did on the past of this district: mean ranked probability score beside the baseline's (0 best). */
      card: z
        .object({
          kind: identifier,
          codeVersion: z.string().max(80),
          origins: z.number().int().min(0),
          cells: z.number().int().min(0),
          score: z.number().nullable(),
          baselineScore: z.number().nullable(),
          relativeScore: z.number().nullable(),
        })
        .optional(),
    })
    .check((context) => {
      const { horizons, score, abstention } = context.value;
      const stated = horizons !== undefined && score !== undefined;
      if (stated === (abstention !== undefined))
        context.issues.push({
          code: 'custom',
          path: ['abstention'],
          input: abstention,
          message: 'either score and horizons, or an abstention',
          params: { vi: 'hoặc có score và horizons, hoặc có abstention' },
        });
    }),
  dates: 'computed',
  key: (data) => data.areaId,
  publishedBy: ['ml'],
  consumedBy: ['ml', 'live'],
  words: { vi: 'Chấm điểm nguy cơ', en: 'Risk scored' },
  live: {
    feed: 'risk',
    entity: ['areaId'],
    values: ['score', 'presentBand', 'riseIn2Weeks', 'fallIn2Weeks', 'dataThroughDate'],
  },
});
