import { z } from '@hono/zod-openapi';
import { bothLanguages, identifier } from '../primitives.ts';

const text = z.string().max(2000);

/** One line of the ledger, as the services write it (platform/audit.ts). */
export const auditEntry = z
  .object({
    at: z.iso.datetime(),
    service: text,
    requestId: text,
    actor: text,
    roles: z.array(text),
    purpose: text.nullable(),
    action: text,
    dataClass: text,
    method: text,
    route: text,
    address: text,
    districts: z.array(text),
    areas: z.array(text),
    persons: z.array(text).max(20_000),
    status: z.number().int(),
  })
  .openapi('AuditEntry');

/** POST /api/identity/audit: from the services alone. */
export const auditNote = z.object({ entries: z.array(auditEntry).min(1).max(2000) });

/** GET /api/identity/audit */
export const auditQuery = z.object({
  district: z.string().max(80).optional(),
  caseId: identifier.optional().openapi({
    description: 'who saw or changed this case; with `district`, also who looked at a map or a stream of it',
  }),
  actor: z.string().max(200).optional().openapi({ description: 'kind and id, such as user:…' }),
  before: z.coerce.number().int().min(1).optional().openapi({ description: 'lines before this one' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const auditLine = auditEntry
  .omit({ persons: true })
  .extend({
    sequence: z.number().int(),
    name: z.string().nullable().openapi({ description: 'of the account or token; null: it has none' }),
    personCount: z.number().int(),
    /** A map or stream: it shows whoever is there, and names nobody. */
    wide: z.boolean(),
  })
  .openapi('AuditLine');
export type AuditLine = z.infer<typeof auditLine>;
export const auditPage = z.object({
  lines: z.array(auditLine).openapi({ description: 'newest first' }),
  head: z.object({ sequence: z.number().int(), hash: z.string() }),
});

/** GET /api/identity/audit/unusual */
export const unusualQuery = z.object({ days: z.coerce.number().int().min(1).max(90).default(7) });
export const unusualReason = z.enum(['many-persons', 'at-night', 'refused', 'same-person']);
export const unusualRow = z
  .object({
    actor: z.string(),
    name: z.string().nullable(),
    reason: unusualReason,
    from: z.string().openapi({ description: 'begin of the hour or the day' }),
    count: z.number(),
    usual: z.number().openapi({ description: 'what the count is held to' }),
    words: bothLanguages,
  })
  .openapi('UnusualReading');
export type UnusualRow = z.infer<typeof unusualRow>;
