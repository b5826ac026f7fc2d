import { z } from '@hono/zod-openapi';
import { districtId, instant } from './primitives.ts';

/**
 * CloudEvents 1.0 envelope, structured JSON. `time` is when it happened; the extension `recordedtime` (CloudEvents "Recorded Time") is when
 * the centre knew it, and is what every `asOf` read compares with. `district` names the journal stream.
 * Further extension attributes are kept as they came.
 * Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export const cloudEvent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(128),
  source: z.string().min(1).max(256),
  type: z.string().min(1).max(80),
  time: instant,
  subject: z.string().min(1).max(256).optional(),
  datacontenttype: z
    .string()
    .regex(/^application\/(json|[\w.+-]+\+json)\s*(;.*)?$/i, 'a JSON media type')
    .optional(),
  dataschema: z.string().min(1).max(512).optional(),
  district: districtId,
  recordedtime: instant.optional(),
  exercise: z.boolean().optional(),
  data: z.record(z.string(), z.unknown()),
});

/** Attributes every one of our events has once it is in the journal. */
export interface CloudEvent<Data = Record<string, unknown>> {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  subject?: string;
  datacontenttype?: string;
  district: string;
  recordedtime: string;
  exercise?: boolean;
  data: Data;
  [extension: string]: unknown;
}
