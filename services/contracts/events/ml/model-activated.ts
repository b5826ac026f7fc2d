import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { longText, shortText } from '../../primitives.ts';

/** Models whose versions can be chosen by hand. */
export const modelKinds = ['forecast', 'risk'] as const;
export type ModelKind = (typeof modelKinds)[number];

/** From now on a district's runs of one kind of model use this version: a step back, or forward again, by somebody for a reason. */
export const modelActivated = defineEvent({
  type: 'model-activated',
  service: 'ml',
  noun: 'model',
  dataClass: 'aggregate',
  action: 'model.activate',
  schema: z.object({
    kind: z.enum(modelKinds),
    /** One of the versions that the service has registered. */
    version: z.string().regex(/^[a-z0-9-]{1,40}$/, 'lower-case letters, digits and "-", 1 to 40 of them'),
    reason: longText.min(1),
    /** Who decided. */
    by: shortText,
  }),
  key: (data) => data.kind,
  publishedBy: ['ml'],
  consumedBy: ['ml'],
  words: { vi: 'Chọn phiên bản mô hình', en: 'Model version chosen' },
});
