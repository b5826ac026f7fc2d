import { z } from '@hono/zod-openapi';
import { areaQuery, asOfQuery, districtQuery } from '../http.ts';
import { announced, askedDay, bothLanguages, identifier, instant, longText, shortText } from '../primitives.ts';
import { areaLevel } from './geography.ts';

export const policyIds = ['qd-2686', 'qd-4800', 'qd-218'] as const;
const range = z.object({ low: z.number().int(), high: z.number().int() });
const sourced = z.object({ source: z.string(), verified: z.boolean() });

/** A code and its parameters; the words are the reader's. */
const reason = z.object({
  code: z.string(),
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
});

const counted = z.object({
  known: z.number().int(),
  high: z.number().int().nullable().openapi({ description: 'at most so many; null: nobody can say' }),
});

const cut = sourced.extend({ at: z.number().nullable(), reached: z.enum(['at-least', 'more-than']) });
const required = sourced.extend({
  id: z.string(),
  fromAge: z.number().int(),
  dose: z.enum(['oneDose', 'fullCourse']),
  share: z.number(),
});
const judgedShare = z.object({
  requirement: required,
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  share: z.number().nullable(),
  met: z.boolean().nullable(),
  ofArea: z.string(),
  dataThrough: z.string().nullable(),
  reason: z.string().nullable(),
});

/** A level with everything that led to it. */
export const levelAssessment = z
  .object({
    policyId: z.enum(policyIds),
    level: range.openapi({ description: 'what the level can be by all that is known' }),
    decidedBy: z.string(),
    transmission: range,
    measures: z.array(
      z.object({
        measure: z.enum(['cases', 'on-oxygen', 'deaths']),
        count: counted.nullable(),
        people: z.number().nullable(),
        ratePer100k: z.object({ low: z.number(), high: z.number().nullable() }).nullable(),
        band: range,
        cuts: z.array(cut),
      }),
    ),
    shares: z.array(judgedShare),
    unmetGroups: range,
    floor: judgedShare.extend({ raised: z.boolean().nullable() }).nullable(),
    care: z.object({ met: z.boolean().nullable(), forbidsLowering: z.boolean() }).nullable(),
    reasons: z.array(reason),
  })
  .openapi('LevelAssessment');
export type LevelAssessment = z.infer<typeof levelAssessment>;

export const declaration = z
  .object({
    declarationId: z.string(),
    areaId: z.string(),
    level: z.number().int(),
    policyId: z.string(),
    state: z.enum(['scheduled', 'in-force', 'followed', 'withdrawn']),
    takesEffectAt: z.string(),
    declaredAt: z.string(),
    reason: z.string(),
    document: z.string().nullable(),
    signedBy: z.string().nullable(),
    exercise: z.boolean(),
    withdrawal: z.object({ at: z.string(), reason: z.string() }).nullable(),
  })
  .openapi('LevelDeclaration');
export type LevelDeclarationAnswer = z.infer<typeof declaration>;

const dataBehind = z.object({
  source: z.enum(['line-list', 'published', 'none']),
  lastHeardAt: z.string().nullable(),
  completeness: z
    .number()
    .nullable()
    .openapi({ description: 'share of the cases of the window that is known, by the delays seen so far' }),
  coverageThrough: z.string().nullable(),
});

const chance = z.object({
  weeks: z.number().int(),
  targetDate: z.string(),
  levels: z.array(z.number()),
  higher: z.number(),
  lower: z.number(),
});
export type ChanceOfLevel = z.infer<typeof chance>;

const change = z
  .object({
    of: z.enum(['cases', 'doses']),
    requirement: z.string().nullable(),
    by: z.number().int(),
    level: z.number().int(),
  })
  .nullable();
const changes = z.object({ up: change, down: change });

const policyFace = z.object({
  id: z.enum(policyIds),
  document: bothLanguages,
  from: z.string(),
  until: z.string().nullable(),
  source: z.string(),
  verified: z.boolean(),
  windowDays: z.number().int(),
  cases: z.enum(['community', 'all']),
  noticeHours: sourced.extend({ raise: z.number(), lower: z.number(), note: bothLanguages }),
  assesses: sourced.extend({ who: bothLanguages, weekday: z.number().nullable() }),
  decides: sourced.extend({ who: bothLanguages }),
  hysteresis: sourced.extend({ words: bothLanguages }),
  smallestUnit: sourced.extend({ words: bothLanguages }),
  /** Adjustments of the locality that hold. */
  adjustedBy: z.array(z.object({ document: z.string(), signedBy: z.string(), from: z.string(), reason: z.string() })),
});
export type LevelPolicyFace = z.infer<typeof policyFace>;

/** GET /api/levels */
export const levelsQuery = asOfQuery.extend({
  level: areaLevel.default('ward'),
  onDay: askedDay.optional(),
  policy: z.enum(policyIds).optional(),
});
export const levelsAnswer = z.object({
  district: z.string(),
  asOf: z.string(),
  onDay: z.string(),
  policy: policyFace.nullable(),
  data: z.object({ lastHeardAt: z.string().nullable() }),
  areas: z.array(
    z.object({
      areaId: z.string(),
      name: z.string(),
      assessed: z
        .object({
          level: range,
          decidedBy: z.string(),
          ratePer100k: z.object({ low: z.number(), high: z.number().nullable() }).nullable(),
          cases: z.number().int().nullable(),
          reasons: z.array(z.string()),
        })
        .nullable(),
      chance: chance.nullable(),
      withheld: z.enum(['small-cells']).nullable(),
      inForce: declaration.nullable(),
      scheduled: declaration.nullable(),
    }),
  ),
});
export type LevelsAnswer = z.infer<typeof levelsAnswer>;

/** GET /api/levels/explanation */
export const explanationQuery = areaQuery.extend({ onDay: askedDay.optional() });
export const explanationAnswer = z.object({
  district: z.string(),
  areaId: z.string(),
  name: z.string(),
  asOf: z.string(),
  onDay: z.string(),
  window: z.object({ from: z.string(), to: z.string() }).nullable(),
  policy: policyFace.nullable(),
  assessed: levelAssessment.nullable(),
  withheld: z.enum(['small-cells', 'no-policy']).nullable(),
  changes: changes.nullable(),
  others: z.array(levelAssessment).openapi({ description: 'the same day by the other policies' }),
  chances: z.array(chance),
  chanceReason: z.string().nullable(),
  data: dataBehind.nullable(),
  inForce: declaration.nullable(),
  scheduled: declaration.nullable(),
  soonestEffect: z
    .record(z.string(), z.string())
    .openapi({ description: 'by level: when it could take effect if it were declared now' }),
});
export type LevelExplanation = z.infer<typeof explanationAnswer>;

/** GET /api/levels/then-and-now */
export const thenAndNowQuery = asOfQuery.extend({ areaId: identifier, onDay: askedDay });
export const thenAndNowAnswer = z.object({
  areaId: z.string(),
  onDay: z.string(),
  knownThen: z.object({ asOf: z.string(), assessed: levelAssessment.nullable() }),
  knownNow: z.object({ asOf: z.string(), assessed: levelAssessment.nullable() }),
  withheld: z.enum(['small-cells', 'no-policy']).nullable(),
});
export type LevelThenAndNow = z.infer<typeof thenAndNowAnswer>;

export const declarationsAnswer = z.object({ asOf: z.string(), items: z.array(declaration) });
export const declareRequest = z.object({
  areaId: identifier,
  level: z.number().int().min(1).max(4),
  takesEffectAt: instant.optional(),
  reason: announced(longText.min(1)).openapi({ description: 'for everybody to read' }),
  document: announced(shortText).optional(),
  signedBy: announced(shortText).optional(),
});
export const withdrawRequest = z.object({ areaId: identifier, reason: announced(longText.min(1)) });
export const noticeAnswer = z.object({ title: z.string(), headline: z.string(), text: z.string() });
export const declarationQuery = districtQuery.extend({ asOf: asOfQuery.shape.asOf });

export const totalsRequest = z.object({
  parts: z.array(z.number().int().min(0).max(1_000_000_000)).min(1).max(50),
  total: z.number().int().min(0).max(1_000_000_000),
});
export const totalsAnswer = z.object({
  sum: z.number(),
  total: z.number(),
  difference: z.number(),
  addsUp: z.boolean(),
});

export const policiesAnswer = z.object({ items: z.array(policyFace), inForce: z.string().nullable() });
