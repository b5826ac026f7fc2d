import { z } from '@hono/zod-openapi';
import { figure } from '../http.ts';

/** A page of a list of entities, with the total of its filter. */
export const pageShape = <Item extends z.ZodType>(item: Item) => ({
  asOf: z.string().openapi({ description: 'the moment at which clocks were read' }),
  total: z.number(),
  items: z.array(item),
  nextCursor: z.string().nullable(),
});

/** `areaId` null: the whole district, with what lies in no area. */
export const areaFigures = z.array(z.object({ areaId: z.string().nullable(), figures: z.array(figure) }));
export type AreaFigures = z.infer<typeof areaFigures>[number];

/**
 * An event in the history of an entity. `source`: who told of it, as its envelope says: a feed, a file (`import/…`), the exercise (`drill/…`), or the
 * service itself, where people typed it in.
 */
export const toldEvent = {
  type: z.string(),
  knownAt: z.string(),
  sequence: z.number(),
  source: z.string(),
  data: z.record(z.string(), z.unknown()),
};

/** What a command answers beside the entity. `projected: false`: safe, and not in the rows yet. */
export const acceptedShape = { sequence: z.number(), projected: z.boolean() };
