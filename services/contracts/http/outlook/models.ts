import { z } from '@hono/zod-openapi';
import { modelKinds } from '../../events/ml/model-activated.ts';
import { asOfQuery } from '../../http.ts';
import { bothLanguages, districtId, longText, shortText } from '../../primitives.ts';

const score = z.looseObject({
  cells: z.number(),
  wis: z.number(),
  logWis: z.number().optional(),
  coverage50: z.number().optional(),
  coverage95: z.number().optional(),
});
/** A model's score beside the baseline's. */
export const scorePair = z.looseObject({ model: score, baseline: score, relativeWis: z.number().nullable() });
export type ScorePair = z.infer<typeof scorePair>;

/** What a model says of itself. Kinds and versions differ: what is read of it may be missing, and it may say more. */
export const modelCard = z.looseObject({
  kind: z.string().optional(),
  codeVersion: z.string().optional(),
  seed: z.number().optional(),
  areas: z.number().optional(),
  /** Numbers of the first and last week. */
  dataFirst: z.number().optional(),
  dataLast: z.number().optional(),
  dataFirstDate: z.string().optional(),
  dataHash: z.string().optional(),
  /** weight null: the members are mixed in another way than by fixed weights. */
  members: z.array(z.looseObject({ name: z.string(), weight: z.number().nullable() })).optional(),
  backtest: scorePair.nullable().optional(),
  recent: scorePair.nullable().optional(),
  byHorizon: z.array(scorePair.nullable()).optional(),
  target: z.string().optional(),
  /** The pre-trained network among the members: its weights, the days its epidemics are from, the tests in which it fails; or why it was left out. */
  network: z
    .looseObject({
      weightsHash: z.string().optional(),
      parameters: z.number().optional(),
      steps: z.number().optional(),
      dataWindow: z.tuple([z.string(), z.string()]).nullable().optional(),
      trainedOn: z.array(z.string()).optional(),
      fails: z.array(bothLanguages).optional(),
      refused: z.string().optional(),
    })
    .optional(),
  // Risk: mean ranked probability score, 0 best.
  origins: z.number().optional(),
  cells: z.number().optional(),
  score: z.number().nullable().optional(),
  baselineScore: z.number().nullable().optional(),
  relativeScore: z.number().nullable().optional(),
});
export type ModelCard = z.infer<typeof modelCard>;

/** A card as it is kept. */
export const storedModel = z
  .object({
    district: z.string(),
    modelId: z.string(),
    kind: z.string(),
    dataThroughDate: z.string(),
    knownAt: z.string(),
    card: modelCard,
  })
  .openapi('ModelCard');
export type StoredModel = z.infer<typeof storedModel>;

export const modelKind = z.enum(modelKinds);

/** Which registered version of a kind the next runs use. */
export const modelInForce = z
  .object({
    kind: modelKind,
    active: z.object({
      version: z.string(),
      since: z.string().nullable().openapi({ description: 'null: nobody decided, the newest version is used' }),
      by: z.string().nullable(),
      reason: z.string().nullable(),
    }),
    versions: z.array(z.object({ version: z.string(), since: z.string(), what: bothLanguages })),
    decisions: z.array(
      z.object({
        version: z.string(),
        reason: z.string(),
        by: z.string(),
        since: z.string(),
        until: z.string().nullable(),
      }),
    ),
  })
  .openapi('ModelInForce');
export type ModelInForce = z.infer<typeof modelInForce>;

/** GET /api/models */
export const modelsQuery = asOfQuery.extend({
  district: districtId.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
export const modelsAnswer = z.object({ items: z.array(storedModel), inForce: z.array(modelInForce) });
export type ModelsAnswer = z.infer<typeof modelsAnswer>;

/** POST /api/models/{kind}/active */
export const activateRequest = z.object({ version: z.string().max(40), reason: longText.min(1), by: shortText });
