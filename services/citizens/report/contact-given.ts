import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { identifier, shortText } from '#contracts/primitives.ts';

/**
 * Who sent a report, as far as he said it, and the hash of the secret part of his reference number. Apart from the report, whose words are for whoever works on it: of
 * real persons all of this but the hash stands sealed in the journal.
 */
export const reportContactGiven = defineEvent({
  type: 'report-contact-given',
  service: 'citizens',
  noun: 'contact',
  dataClass: 'person',
  personal: {
    reportId: 'pseudonym',
    secretHash: 'pseudonym',
    name: 'identifies',
    phone: 'identifies',
    email: 'identifies',
    deviceId: 'identifies',
    accountId: 'identifies',
  },
  action: 'report.contact-give',
  schema: z.object({
    reportId: identifier,
    /** SHA-256 of the secret, hexadecimal (reference.ts); left out: nobody follows it without an account. */
    secretHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    name: shortText.optional(),
    phone: shortText.optional(),
    email: shortText.optional(),
    /** As Open311 has them: of the device, and of an account at the system that sent it. */
    deviceId: shortText.optional(),
    accountId: shortText.optional(),
  }),
  key: (data) => data.reportId,
  publishedBy: ['citizens'],
  consumedBy: ['citizens'],
  words: { vi: 'Người phản ánh', en: 'Reporter' },
});
export type ReportContact = z.infer<typeof reportContactGiven.schema>;
