import { z } from '@hono/zod-openapi';
import type { Actor } from './actor.ts';
import { districtId, instant } from './primitives.ts';

/**
 * CloudEvents 1.0 envelope, structured JSON. `time` is when it happened; the extension `recordedtime` (CloudEvents "Recorded Time") is when
 * the centre knew it, and is what every `asOf` read compares with. `district` names the journal stream.
 * Further extension attributes are kept as they came, but for those by which the centre says who spoke (actor.ts) and from which request or event
 * it came (`correlationid`, `causationid`, CloudEvents "Correlation"): what a sender writes there is a claim, and is kept beside as `claimed…`.
 * Sources: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md,
 * https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/correlation.md,
 * https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/distributed-tracing.md
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
  /** Version of the event's own schema in which `data` is written; left out: 1. */
  dataversion: z.number().int().min(1).optional(),
  exercise: z.boolean().optional(),
  data: z.record(z.string(), z.unknown()),
});

/**
 * Attributes of our events once they are in the journal. Those of who said it, of correlation and of version are missing from what was journalled
 * before they existed.
 */
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
  authtype?: Actor['authtype'];
  authid?: Actor['authid'];
  /** The HTTP request, or the run of a service's work, from which the event came: the same for everything that came from it. */
  correlationid?: string;
  /** `id` of the event that directly caused this one. */
  causationid?: string;
  /** W3C trace context (CloudEvents "Distributed Tracing"): the sender's own when it is valid, else that of the request, where traces are gathered. No part of the fact. */
  traceparent?: string;
  /** Fields that say who a person is, sealed (seal-event.ts). */
  sealed?: string;
  dataversion?: number;
  exercise?: boolean;
  data: Data;
  [extension: string]: unknown;
}
