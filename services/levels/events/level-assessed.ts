import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { day, identifier } from '#contracts/primitives.ts';
import { reasonCodes } from '../assess/facts.ts';
import { officialLevel, policyId } from './level-declared.ts';

/** The centre computed another level of a ward or the district than before. Nobody decided anything by it. */
export const levelAssessed = defineEvent({
  type: 'level-assessed',
  service: 'levels',
  noun: 'assessment',
  dataClass: 'aggregate',
  action: 'level.assess',
  schema: z.object({
    areaId: identifier,
    onDay: day,
    policyId,
    /** What the level can be by all that is known: one number, or from the lower to the higher. */
    low: officialLevel,
    high: officialLevel,
    decidedBy: identifier,
    reasons: z.array(z.enum(reasonCodes)).max(40),
  }),
  key: (data) => data.areaId,
  publishedBy: ['levels'],
  consumedBy: ['levels'],
  words: { vi: 'Cấp độ dịch tính lại', en: 'Epidemic level assessed anew' },
});
