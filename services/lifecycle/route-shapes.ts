import { z } from '@hono/zod-openapi';
import { pointCells } from '#contracts/http/point-cells.ts';
import { areaQuery, conflictResponses, problemResponses } from '#contracts/http.ts';
import { pointsMediaType } from '#contracts/points.ts';
import { identifier } from '#contracts/primitives.ts';
import { boundingBox, flag } from '../district/query.ts';
import { noSuchArea } from './problems.ts';
import type { AreaFigures, Formula } from './read-figures.ts';
import { idsOf } from './read-figures.ts';

const journalled = <Schema extends z.ZodType>(schema: Schema) => ({
  description: 'journalled',
  content: { 'application/json': { schema } },
});
/** The answer of a command that makes an entity known. */
export const createdAnswers = <Schema extends z.ZodType>(schema: Schema) => ({
  201: journalled(schema),
  ...problemResponses,
  ...conflictResponses,
});
/** The answer of a command on an entity that is known. */
export const changedAnswers = <Schema extends z.ZodType>(schema: Schema) => ({
  200: journalled(schema),
  ...problemResponses,
  ...conflictResponses,
});

export const pointsAnswers = {
  200: {
    description:
      'records of 16 bytes, or with cellZoom counts by cell; x-total-count is the total of the list, x-without-place those of it that have no position',
    content: {
      [pointsMediaType]: { schema: z.string().openapi({ format: 'binary' }) },
      'application/json': { schema: pointCells },
    },
  },
  ...problemResponses,
};

export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

export const ifMatchHeader = z.object({
  'if-match': z.string().optional().openapi({ description: 'ETag that the caller has seen' }),
});

export const idParams = z.object({ id: identifier });

/** A new entity's id: given by the caller, or left out. */
export const newIdentifier = identifier.optional().openapi({ description: 'left out: a new one is given' });

/** What every list of entities with a place can be narrowed by, beside its own filters. */
export const entityFilter = (formulas: readonly Formula[], noun: string) =>
  areaQuery.extend({
    /** true: has a position. */
    located: flag,
    bbox: boundingBox,
    formula: z.enum(idsOf(formulas)).optional().openapi({ description: 'exactly the rows that this formula counts' }),
    firstSequence: z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .openapi({ description: `the ${noun} that a point names` }),
  });

export const languageQuery = z.enum(['vi', 'en']).default('vi');

/** The figures of one area, or of all. @throws Problem 404 when the area is not there */
export function areasShown(
  areas: AreaFigures[],
  areaId: string | undefined,
  moment: { district: string; day: string },
): AreaFigures[] {
  if (areaId === undefined) return areas;
  const shown = areas.filter((area) => area.areaId === areaId);
  if (shown.length === 0) throw noSuchArea(areaId, moment);
  return shown;
}
