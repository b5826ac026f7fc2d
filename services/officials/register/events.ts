import { z } from '@hono/zod-openapi';
import { personRoles } from '#contracts/access/roles.ts';
import { defineEvent } from '#contracts/define-event.ts';
import { day, identifier, instant, shortText } from '#contracts/primitives.ts';

const common = {
  service: 'officials',
  dataClass: 'public',
  // An exercise plays it too.
  publishedBy: ['officials', 'drill'],
  consumedBy: ['officials'],
} as const;

/** An account as the envelope of an event names it. */
export const account = z
  .string()
  .regex(/^[A-Za-z0-9][\w:.~/-]{0,127}$/, 'letters, digits and "-_:.~/", 1 to 128 of them');

/** Somebody serves in a unit, with duties and areas, from a day on. Told again, the newest word counts. */
export const officerRegistered = defineEvent({
  ...common,
  type: 'officer-registered',
  noun: 'officer',
  action: 'officer.register',
  schema: z.object({
    officerId: identifier,
    /** As his duty names him. */
    name: shortText,
    /** As reports name it: `ward.tan-phu`, `q7-quan-ly-do-thi`, or another. */
    unit: shortText,
    roles: z.array(z.enum(personRoles)).min(1).max(personRoles.length),
    areaIds: z.array(identifier).max(50),
    account: account.optional(),
    from: day,
    until: day.optional(),
    occurredAt: instant,
  }),
  dates: {
    fields: {
      from: { earliest: '1975-01-01', daysAhead: 366 },
      until: { daysAhead: null, notBefore: { field: 'from', words: { vi: 'ngày bắt đầu', en: 'from' } } },
    },
  },
  key: (data) => data.officerId,
  words: { vi: 'Ghi danh cán bộ', en: 'Officer registered' },
});

/** Somebody is on call at an office that the hotline rings, over a half-open span. The same shift told again: the newest word counts; with an end at its beginning it is taken back. */
export const shiftSet = defineEvent({
  ...common,
  type: 'shift-set',
  noun: 'shift',
  action: 'roster.set',
  schema: z.object({
    shiftId: identifier,
    /** A facility, `chair-WARD`, `district-leader`: as chains of the hotline name offices. */
    targetId: identifier,
    officerId: identifier,
    from: instant,
    until: instant,
    occurredAt: instant,
  }),
  dates: { fields: { from: { daysAhead: 366 }, until: { daysAhead: 366 } } },
  key: (data) => data.shiftId,
  words: { vi: 'Phân ca trực', en: 'Shift set' },
});
