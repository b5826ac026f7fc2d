import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, longText, shortText } from '../../primitives.ts';

const ring = z.array(z.tuple([z.number(), z.number()]).rest(z.number())).min(4);
export const multiPolygon = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(ring).min(1)).min(1),
});

/** An area exists, or has new borders, name or parent, from a day on. What happened before that day keeps the older borders. */
export const areaRevised = defineEvent({
  type: 'area-revised',
  service: 'geography',
  noun: 'area',
  dataClass: 'public',
  action: 'area.revise',
  schema: z.object({
    areaId: identifier,
    parentId: identifier.nullable(),
    level: z.enum(['district', 'ward', 'neighbourhood']),
    name: shortText,
    nameEnglish: shortText.optional(),
    code: z.string().max(40).optional(),
    /** First day on which this version holds. */
    validFrom: day,
    /** The area ends the day before `validFrom`, nothing follows it. */
    abolished: z.boolean().optional(),
    /**
     * Of an abolished area: on whose ground it lies since, with the share of its own ground; left out: nobody published it. One share of nearly all: it counts
     * there from then on.
     */
    successors: z
      .array(z.object({ areaId: identifier, share: z.number().gt(0).max(1).optional() }))
      .max(100)
      .optional(),
    geometry: multiPolygon.nullable(),
    estimated: z.boolean().optional(),
    /** What an import repaired, in words. */
    repairs: z.array(z.string().max(300)).max(20).optional(),
    source: longText.optional(),
  }),
  // Borders of long ago are loaded with the day from which they held, those of a reform before it comes into force.
  dates: { earliest: null, fields: { validFrom: { daysAhead: null } } },
  key: (data) => data.areaId,
  publishedBy: ['geography', 'import', 'replay', 'drill'],
  // The door holds facts to the areas that there are.
  consumedBy: ['geography', 'intake'],
  words: { vi: 'Thay đổi địa giới', en: 'Boundary changed' },
  live: { feed: 'areas', entity: ['areaId'], values: ['name', 'level', 'validFrom'] },
});
