import { z } from '@hono/zod-openapi';
import { riskScored } from '../../events/ml/risk-scored.ts';
import { asOfQuery } from '../../http.ts';
import { bothLanguages } from '../../primitives.ts';

/** GET /api/risk */
export const riskQuery = asOfQuery.extend({ level: z.enum(['district', 'ward', 'neighbourhood']).default('ward') });

/** Risk of an area: as it was said, or computed for this answer. */
export const areaRisk = z.intersection(
  riskScored.schema,
  z.object({
    name: z.string(),
    knownAt: z.string().nullable().openapi({ description: 'when it was said; null: computed for this answer' }),
  }),
);
export type AreaRiskAnswer = z.infer<typeof areaRisk>;

export const riskAnswer = z.object({
  district: z.string(),
  asOf: z.string(),
  onDay: z.string(),
  level: z.string(),
  source: z.enum(['said', 'computed']),
  policy: z.object({ id: z.string(), cuts: z.array(z.number()), source: z.string(), verified: z.boolean() }),
  /** What the score of 0 to 100, and a rise or fall, mean. */
  scoreMeaning: bothLanguages,
  changeMeaning: bothLanguages,
  areas: z.array(areaRisk),
});
export type RiskAnswer = z.infer<typeof riskAnswer>;
