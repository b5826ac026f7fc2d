import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, longText, position } from '../../primitives.ts';
import { caseDates, caseDay, improbableDays } from './case-day.ts';

/** What a correction says: only the given details change. */
export const caseCorrection = z.object({
  caseId: identifier,
  areaId: identifier.optional(),
  location: position.optional(),
  ageYears: z.number().int().min(0).max(125).optional(),
  onsetDate: day.optional(),
  specimenDate: day.optional(),
  confirmedDate: day.optional(),
  exposure: z.enum(['community', 'quarantine', 'imported', 'unknown']).optional(),
  reason: longText.optional(),
});

/** Details of a case were wrong: only the given ones change, from now on; what was known before stays readable with `asOf`. */
export const caseCorrected = defineEvent({
  type: 'case-corrected',
  service: 'epidemic',
  noun: 'case',
  dataClass: 'person',
  personal: { caseId: 'pseudonym', areaId: 'describes', location: 'identifies', reason: 'may-identify' },
  sealedToo: ['ageYears'],
  action: 'case.update',
  schema: caseCorrection,
  dates: caseDates,
  improbable: (data) => improbableDays(data),
  key: (data) => data.caseId,
  publishedBy: ['epidemic', 'intake', 'import', 'drill'],
  consumedBy: ['epidemic', 'geography', 'live'],
  words: { vi: 'Đính chính ca bệnh', en: 'Case corrected' },
  live: { feed: 'cases', entity: ['caseId'], values: ['confirmedDate', 'exposure'] },
  point: {
    factOf: ({ areaId, location, specimenDate, confirmedDate, exposure }) => ({
      // Another area lets the old place go.
      location: location ?? (areaId === undefined ? undefined : null),
      ...caseDay({ specimenDate, confirmedDate }),
      category: exposure,
    }),
  },
});
