import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { identifier, position, shortText } from '../../primitives.ts';

const count = z.number().int().min(0).max(100_000);

/** What a facility can do and does now: beds, intensive care, oxygen, staff. Of each detail the latest report that says it holds. */
export const capacityReported = defineEvent({
  type: 'capacity-reported',
  service: 'epidemic',
  noun: 'facility',
  dataClass: 'aggregate',
  action: 'capacity.report',
  schema: z
    .object({
      facilityId: identifier,
      name: shortText,
      kind: z.enum(['hospital', 'field-hospital', 'health-station', 'mobile-station', 'care-team']),
      areaId: identifier.optional(),
      location: position.optional(),
      bedsTotal: count,
      bedsOccupied: count,
      /** Left out: as it was known; none when nothing was. */
      intensiveCareTotal: count.optional(),
      intensiveCareOccupied: count.optional(),
      oxygenPoints: count.optional(),
      staff: count.optional(),
    })
    .check((context) => {
      // A hospital over its beds is real (corridor beds); twice over is a typing error.
      const { bedsTotal, bedsOccupied } = context.value;
      if (bedsOccupied > bedsTotal * 2 + 10)
        context.issues.push({
          code: 'custom',
          path: ['bedsOccupied'],
          input: bedsOccupied,
          message: `at most ${bedsTotal * 2 + 10} (twice bedsTotal + 10)`,
          params: { vi: `nhiều nhất là ${bedsTotal * 2 + 10} (hai lần bedsTotal cộng 10)` },
        });
    }),
  key: (data) => data.facilityId,
  publishedBy: ['epidemic', 'intake', 'import', 'drill'],
  consumedBy: ['epidemic', 'live'],
  words: { vi: 'Báo cáo năng lực điều trị', en: 'Treatment capacity reported' },
  live: {
    feed: 'capacity',
    entity: ['facilityId'],
    values: ['name', 'bedsTotal', 'bedsOccupied', 'intensiveCareTotal', 'intensiveCareOccupied'],
  },
});
