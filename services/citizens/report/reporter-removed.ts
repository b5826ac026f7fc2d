import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { removalBasis } from '#contracts/events/epidemic/person-removed.ts';
import { identifier, longText } from '#contracts/primitives.ts';

/** Who sent a report is removed for good: name, numbers, device. The report stays, and its reporter goes on following it by his number. */
export const reporterRemoved = defineEvent({
  type: 'reporter-removed',
  service: 'citizens',
  noun: 'contact',
  dataClass: 'person',
  personal: { reportId: 'pseudonym', reason: 'may-identify' },
  // Why it was done is kept when he is gone.
  sealedFor: ({ reportId }) => `removal of reporter ${reportId}`,
  action: 'person.remove',
  schema: z.object({ reportId: identifier, basis: removalBasis, reason: longText.optional() }),
  key: (data) => data.reportId,
  publishedBy: ['citizens'],
  consumedBy: ['citizens'],
  words: { vi: 'Xóa thông tin người phản ánh theo quy định', en: 'Reporter removed on legal request' },
});
