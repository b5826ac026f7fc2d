import { z } from '@hono/zod-openapi';
import { personRoles } from '#contracts/access/roles.ts';
import { defineEvent } from '#contracts/define-event.ts';
import { identifier, instant, longText, shortText } from '#contracts/primitives.ts';

const common = {
  service: 'officials',
  noun: 'directive',
  dataClass: 'public',
  publishedBy: ['officials'],
  consumedBy: ['officials'],
} as const;
/** An exercise says it too. */
const played = { publishedBy: ['officials', 'drill'] } as const;
const directiveId = identifier;
const officerId = identifier;

/** A leader asks something of units, duties or whoever has an area. Who it is addressed to is decided once, from the register of that moment, and stands in it. */
export const directiveIssued = defineEvent({
  ...common,
  ...played,
  type: 'directive-issued',
  action: 'directive.issue',
  schema: z.object({
    directiveId,
    title: shortText,
    text: longText.min(1),
    areaIds: z.array(identifier).max(50),
    units: z.array(shortText).max(50),
    roles: z.array(z.enum(personRoles)).max(personRoles.length),
    /** all: each of the addressees has to answer. any: one is enough. */
    answeredBy: z.enum(['all', 'any']),
    addressees: z.array(officerId).min(1).max(500),
    dueAt: instant,
    occurredAt: instant,
  }),
  dates: { fields: { dueAt: { daysAhead: 366 } } },
  key: (data) => data.directiveId,
  words: { vi: 'Chỉ đạo mới', en: 'Directive issued' },
});

/** An addressee has read it. */
export const directiveAcknowledged = defineEvent({
  ...common,
  ...played,
  type: 'directive-acknowledged',
  action: 'directive.answer',
  schema: z.object({ directiveId, officerId, occurredAt: instant }),
  key: (data) => data.directiveId,
  words: { vi: 'Đã nhận chỉ đạo', en: 'Directive acknowledged' },
});

/** An addressee tells how far he is; 100: he has done it. */
export const directiveProgressed = defineEvent({
  ...common,
  ...played,
  type: 'directive-progressed',
  action: 'directive.answer',
  schema: z.object({
    directiveId,
    officerId,
    percent: z.number().int().min(0).max(100),
    note: longText.optional(),
    occurredAt: instant,
  }),
  key: (data) => data.directiveId,
  words: { vi: 'Báo cáo tiến độ chỉ đạo', en: 'Progress of a directive' },
});

/** It is asked no more. */
export const directiveWithdrawn = defineEvent({
  ...common,
  type: 'directive-withdrawn',
  action: 'directive.issue',
  schema: z.object({ directiveId, reason: longText.min(1), occurredAt: instant }),
  key: (data) => data.directiveId,
  words: { vi: 'Rút chỉ đạo', en: 'Directive withdrawn' },
});

/** Its time is over and it is not done: it is before the leader again. The service alone says it. */
export const directiveEscalated = defineEvent({
  ...common,
  type: 'directive-escalated',
  action: 'directive.escalate',
  schema: z.object({ directiveId, waitsFor: z.array(officerId).max(500), occurredAt: instant }),
  key: (data) => data.directiveId,
  words: { vi: 'Chỉ đạo quá hạn', en: 'Directive overdue' },
});

export const directiveEvents = [
  directiveIssued,
  directiveAcknowledged,
  directiveProgressed,
  directiveWithdrawn,
  directiveEscalated,
] as const;
