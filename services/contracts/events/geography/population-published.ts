import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, longText } from '../../primitives.ts';

/** A population figure for an area, by age group or in all. It is a denominator, so a new one never rewrites an old rate. */
export const populationPublished = defineEvent({
  type: 'population-published',
  service: 'geography',
  noun: 'population',
  dataClass: 'public',
  action: 'population.publish',
  schema: z.object({
    areaId: identifier,
    /** First day for which the figure is the denominator. */
    validFrom: day,
    /** "all", or a group such as "18-49", "65+". */
    ageGroup: z
      .string()
      .regex(/^(all|\d{1,3}-\d{1,3}|\d{1,3}\+)$/, '"all", "18-49" or "65+"')
      .default('all'),
    people: z.number().int().min(0).max(100_000_000),
    estimated: z.boolean().optional(),
    source: longText.optional(),
  }),
  // A figure is published for a day that has come; a series of censuses begins long ago.
  dates: { earliest: '1900-01-01' },
  key: (data) => data.areaId,
  publishedBy: ['geography', 'import', 'replay', 'drill'],
  consumedBy: ['geography'],
  words: { vi: 'Công bố dân số', en: 'Population published' },
});
