import { z } from '@hono/zod-openapi';
import { abstention } from './abstention.ts';

const interval = z.tuple([z.number(), z.number()]);

export const nowcastDay = z.object({
  date: z.string(),
  reported: z.number(),
  nowcast: z
    .object({ median: z.number(), interval50: interval, interval95: interval })
    .nullable()
    .openapi({ description: 'for the days whose reports are still coming in' }),
});
export type NowcastDay = z.infer<typeof nowcastDay>;

export const reproductionDay = z.object({
  date: z.string().openapi({ description: 'last day of the window of seven' }),
  cases: z.number(),
  mean: z.number().nullable(),
  interval95: interval.nullable(),
  interval50: interval.nullable(),
  direction: z.enum(['growing', 'shrinking', 'unclear']).nullable(),
  hidden: z.string().nullable(),
});
export type ReproductionDay = z.infer<typeof reproductionDay>;

/** GET /api/epidemic-statistics */
export const statisticsAnswer = z.object({
  district: z.string(),
  areaId: z.string(),
  asOf: z.string(),
  throughDate: z.string().nullable(),
  series: z.array(nowcastDay),
  reproduction: z.array(reproductionDay),
  growth: z
    .object({
      perDay: z.number(),
      interval95: interval,
      doublingDays: z.number().nullable().openapi({ description: 'negative: days to halve; null: unclear' }),
      cases: z.number(),
    })
    .nullable(),
  growthHidden: z.object({ reason: z.string(), cases: z.number() }).nullable(),
  serialInterval: z.object({ meanDays: z.number(), sdDays: z.number(), source: z.string(), verified: z.boolean() }),
  notIncluded: z.string(),
  abstention: abstention.nullable(),
});
export type StatisticsAnswer = z.infer<typeof statisticsAnswer>;
