import { z } from '@hono/zod-openapi';
import { askedInstant, districtId, identifier } from './primitives.ts';

/** Query parameters that every read takes. */
export const districtQuery = z.object({
  district: districtId.openapi({ param: { in: 'query', name: 'district' }, example: 'q7' }),
});

/** asOf: answer with what was known at that moment; left out: now. */
export const asOfQuery = districtQuery.extend({
  asOf: askedInstant
    .optional()
    .openapi({ description: 'what was known at this moment (RFC 3339 with zone); left out: now' }),
});

export const areaQuery = asOfQuery.extend({ areaId: identifier.optional() });

/** Lists are paged by a cursor, which is opaque. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});

/** A number with how it came about. `list` opens exactly the rows that sum to `numerator` (or `value`, when there is no denominator). */
export const figure = z
  .object({
    formula: z.string().openapi({ example: 'incidence-7d' }),
    formulaVersion: z.number().int(),
    value: z.number().nullable(),
    unit: z.string(),
    numerator: z.number().nullable().optional(),
    denominator: z.number().nullable().optional(),
    estimated: z.boolean().optional().openapi({ description: 'the denominator is an estimate' }),
    list: z.string().optional().openapi({ description: 'address of the rows that sum to it' }),
    explanation: z.string().optional(),
    reason: z.string().optional().openapi({
      description:
        'why there is no value, as a word: no-feed (of the district), no-report (of the area), days-missing, suppressed, not-published …',
    }),
    note: z
      .object({ vi: z.string(), en: z.string() })
      .optional()
      .openapi({ description: 'what must be known of this value: why there is none, which days it is of' }),
    dataThroughDate: z.string().optional().openapi({ description: 'last day of what was counted' }),
    window: z
      .object({ days: z.number().int(), daysSaid: z.number().int() })
      .optional()
      .openapi({ description: 'of published counts: how many days of the window were said' }),
    incomplete: z.boolean().optional().openapi({ description: 'the last day of the window is not over' }),
  })
  .openapi('Figure');
export type Figure = z.infer<typeof figure>;

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), value: z.unknown().optional(), reason: z.string() })).optional(),
    requestId: z.string().optional(),
  })
  .openapi('Problem');

/** Answers that every route may give beside its own. */
export const problemResponses = {
  400: { description: 'the body is no JSON', content: { 'application/problem+json': { schema: problem } } },
  401: { description: 'nobody signed in', content: { 'application/problem+json': { schema: problem } } },
  403: {
    description: 'the role does not permit it, no purpose was said, or the request comes from another site',
    content: { 'application/problem+json': { schema: problem } },
  },
  404: { description: 'not found', content: { 'application/problem+json': { schema: problem } } },
  413: { description: 'the body is too large', content: { 'application/problem+json': { schema: problem } } },
  422: { description: 'the request does not fit', content: { 'application/problem+json': { schema: problem } } },
  503: { description: 'not available now', content: { 'application/problem+json': { schema: problem } } },
} as const;

/** The answers of a read whose success is JSON. */
export const readAnswers = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...problemResponses,
});

/** Answers of a command on an entity with a version. */
export const conflictResponses = {
  409: {
    description: 'the step is not allowed now, or somebody was faster',
    content: { 'application/problem+json': { schema: problem } },
  },
  412: {
    description: 'If-Match names an older version; `current` is the state now',
    content: { 'application/problem+json': { schema: problem } },
  },
} as const;
