import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { identifier, longText } from '#contracts/primitives.ts';

/** A level that was announced and is not in force yet will not come. What is in force already is followed by another declaration. */
export const levelWithdrawn = defineEvent({
  type: 'level-withdrawn',
  service: 'levels',
  noun: 'declaration',
  dataClass: 'public',
  action: 'level.declare',
  schema: z.object({ declarationId: identifier, areaId: identifier, reason: longText.min(1) }),
  key: (data) => data.areaId,
  publishedBy: ['levels'],
  consumedBy: ['levels', 'live'],
  words: { vi: 'Rút công bố cấp độ dịch', en: 'Declared epidemic level withdrawn' },
  live: { feed: 'levels', entity: ['areaId'], values: ['declarationId'] },
});
