import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { districtId, longText, position, shortText } from '../../primitives.ts';

/** A district (or any city that uses the system) exists. Always the first event of its stream. */
export const districtRegistered = defineEvent({
  type: 'district-registered',
  service: 'geography',
  noun: 'district',
  dataClass: 'public',
  action: 'district.register',
  schema: z.object({
    districtId,
    name: shortText,
    nameEnglish: shortText.optional(),
    /** IANA zone: local dates are dates there. */
    timeZone: z.string().refine(isTimeZone, 'an IANA time zone'),
    /** live: the centre stamps what it hears. recorded: history whose events bring the time at which they were known. */
    clock: z.enum(['live', 'recorded']),
    exercise: z.boolean(),
    centre: position,
    zoom: z.number().min(0).max(22).optional(),
    source: longText.optional(),
  }),
  key: (data) => data.districtId,
  publishedBy: ['geography'],
  consumedBy: ['geography', 'live', 'intake'],
  words: { vi: 'Đăng ký địa bàn', en: 'District registered' },
});

/** Not `Intl.supportedValuesOf`: that lists one name of each zone, and Asia/Saigon instead of Asia/Ho_Chi_Minh. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
