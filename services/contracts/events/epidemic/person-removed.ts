import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { identifier, longText } from '../../primitives.ts';

/** Why a person is removed: he asked for it, its time is over (contracts/access/retention.ts), an authority ordered it. */
export const removalBasis = z.enum(['request', 'retention', 'order']);

/**
 * Who a case was is removed for good: place, age, sex and texts. The case stays where it was counted: of each version that was known the area is told, because the keys by
 * which anybody could find it from the place are destroyed after this.
 */
export const personRemoved = defineEvent({
  type: 'person-removed',
  service: 'epidemic',
  noun: 'case',
  dataClass: 'person',
  personal: { caseId: 'pseudonym', reason: 'may-identify', 'areas[].areaId': 'describes' },
  // Why it was done is kept when he is gone.
  sealedFor: ({ caseId }) => `removal of ${caseId}`,
  action: 'person.remove',
  schema: z.object({
    caseId: identifier,
    basis: removalBasis,
    reason: longText.optional(),
    /** The smallest area in which each version of the case lay, by its place in the journal, ascending; the areas above it are in the register of areas. */
    areas: z
      .array(z.object({ sequence: z.number().int().min(1), areaId: identifier.nullable() }))
      .min(1)
      .max(20_000),
  }),
  key: (data) => data.caseId,
  publishedBy: ['epidemic'],
  consumedBy: ['epidemic', 'geography', 'live'],
  words: { vi: 'Xóa thông tin cá nhân theo quy định', en: 'Person removed on legal request' },
  point: { removes: true, factOf: () => ({ location: null }) },
});
