import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { identifier, longText } from '../../primitives.ts';
import { removalBasis } from './person-removed.ts';

/** Ages from which coverage is said (services/coverage). What is left of the age of somebody who was removed is the highest of them that he had reached. */
export const agesLeft = [0, 18, 50, 65] as const;

/**
 * Who a person known by doses was is removed for good: his age and the products. The doses stay where they were counted: of each the age of coverage is told, because the
 * key by which anybody could find it is destroyed after this.
 */
export const vaccinatedPersonRemoved = defineEvent({
  type: 'vaccinated-person-removed',
  service: 'epidemic',
  noun: 'dose',
  dataClass: 'person',
  personal: { personKey: 'pseudonym', reason: 'may-identify' },
  // Why it was done is kept when he is gone.
  sealedFor: ({ personKey }) => `removal of dose ${personKey}`,
  action: 'person.remove',
  schema: z.object({
    personKey: identifier,
    basis: removalBasis,
    reason: longText.optional(),
    doses: z
      .array(z.object({ doseNumber: z.number().int().min(1).max(9), fromAge: z.literal([...agesLeft]) }))
      .min(1)
      .max(9),
  }),
  key: (data) => data.personKey,
  publishedBy: ['epidemic'],
  consumedBy: ['epidemic'],
  words: { vi: 'Xóa thông tin người tiêm chủng theo quy định', en: 'Vaccinated person removed on legal request' },
});
