import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, longText } from '../../primitives.ts';

/** Cumulative people vaccinated in an area and age group, as published. It may fall, and it may pass the population. */
export const vaccinationCountPublished = defineEvent({
  type: 'vaccination-count-published',
  service: 'epidemic',
  noun: 'vaccination',
  dataClass: 'aggregate',
  action: 'vaccination.publish',
  schema: z.object({
    areaId: identifier,
    asOfDate: day,
    ageGroup: z
      .string()
      .regex(/^(all|\d{1,3}-\d{1,3}|\d{1,3}\+)$/, '"all", "18-49" or "65+"')
      .default('all'),
    population: z.number().int().min(0).optional(),
    peopleAtLeastOneDose: z.number().int().min(0).nullable(),
    peopleFullCourse: z.number().int().min(0).nullable(),
    peopleAdditionalDose: z.number().int().min(0).nullable().optional(),
    note: longText.optional(),
  }),
  key: (data) => data.areaId,
  publishedBy: ['epidemic', 'intake', 'import', 'replay', 'drill'],
  consumedBy: ['epidemic', 'live'],
  words: { vi: 'Công bố số tiêm chủng', en: 'Vaccination count published' },
  live: {
    feed: 'vaccination',
    entity: ['areaId', 'ageGroup'],
    values: ['ageGroup', 'asOfDate', 'peopleAtLeastOneDose', 'peopleFullCourse'],
  },
});
