import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, position, shortText } from '../../primitives.ts';
import { caseDates, caseDay, improbableDays } from './case-day.ts';

export const caseStatus = z.enum([
  'active',
  'home-care',
  'hospitalised',
  'intensive-care',
  'recovered',
  'deceased',
  'not-a-case',
]);
export type CaseStatus = z.infer<typeof caseStatus>;

/** A person is confirmed as a case (F0). Place by position, by area, or both; position wins nothing over a stated area. */
export const caseConfirmed = defineEvent({
  type: 'case-confirmed',
  service: 'epidemic',
  noun: 'case',
  dataClass: 'person',
  personal: { caseId: 'pseudonym', areaId: 'describes', location: 'identifies', reporter: 'may-identify' },
  sealedToo: ['ageYears', 'sex'],
  action: 'case.report',
  schema: z.object({
    caseId: identifier,
    areaId: identifier.optional(),
    location: position.optional(),
    ageYears: z.number().int().min(0).max(125).optional(),
    sex: z.enum(['female', 'male', 'other', 'unknown']).optional(),
    onsetDate: day.optional(),
    specimenDate: day.optional(),
    confirmedDate: day,
    /** community counts for the official level; a case found in quarantine or at the border does not. */
    exposure: z.enum(['community', 'quarantine', 'imported', 'unknown']).optional(),
    status: caseStatus.optional(),
    reporter: shortText.optional(),
  }),
  dates: caseDates,
  improbable: (data) => improbableDays(data),
  key: (data) => data.caseId,
  publishedBy: ['epidemic', 'intake', 'import', 'drill'],
  consumedBy: ['epidemic', 'geography', 'live'],
  words: { vi: 'Ca bệnh mới', en: 'New case' },
  live: { feed: 'cases', entity: ['caseId'], values: ['confirmedDate', 'specimenDate', 'exposure', 'status'] },
  point: {
    born: true,
    factOf: ({ location, specimenDate, confirmedDate, exposure, status }) => ({
      location,
      ...caseDay({ specimenDate, confirmedDate }),
      category: exposure,
      status,
    }),
  },
  status: 'active',
});
