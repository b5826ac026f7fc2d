import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { identifier, instant, longText, shortText } from '#contracts/primitives.ts';

export const policyId = z.enum(['qd-2686', 'qd-4800', 'qd-218']);
export const officialLevel = z.number().int().min(1).max(4);

/** A person with the right announces the level of an area. It is in force from `takesEffectAt` until the next one of the area. Public: it names no count. */
export const levelDeclared = defineEvent({
  type: 'level-declared',
  service: 'levels',
  noun: 'declaration',
  dataClass: 'public',
  action: 'level.declare',
  schema: z.object({
    declarationId: identifier,
    areaId: identifier,
    level: officialLevel,
    policyId,
    takesEffectAt: instant,
    /** For everybody to read. */
    reason: longText.min(1),
    /** Number and day of the decision. */
    document: shortText.optional(),
    signedBy: shortText.optional(),
  }),
  // A level is announced for the coming days.
  dates: { fields: { takesEffectAt: { daysAhead: 60 } } },
  key: (data) => data.areaId,
  publishedBy: ['levels'],
  consumedBy: ['levels', 'live'],
  words: { vi: 'Công bố cấp độ dịch', en: 'Epidemic level declared' },
  live: { feed: 'levels', entity: ['areaId'], values: ['level', 'takesEffectAt'] },
});
