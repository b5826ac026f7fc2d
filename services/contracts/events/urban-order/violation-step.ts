import { z } from '@hono/zod-openapi';
import { defineEvent, type EventDates, type EventDefinition } from '../../define-event.ts';
import { identifier, instant, longText, shortText } from '../../primitives.ts';
import type { Words } from '../../words.ts';

/** Whether works go on that an order can stop; what was built; who did it; why a decision may take longer. They decide step, term, fine and authority. */
export const works = ['in-progress', 'finished'] as const;
export const buildings = ['house', 'project'] as const;
export const partyKinds = ['person', 'organisation'] as const;
export const procedures = ['ordinary', 'passed-on', 'explanation', 'complex'] as const;

/** What a report, a check or the minutes may say of the site. */
export const siteShape = {
  works: z.enum(works).optional(),
  building: z.enum(buildings).optional(),
  partyKind: z.enum(partyKinds).optional(),
};

/** What every step says. */
export const violationStepShape = {
  violationId: identifier,
  occurredAt: instant,
  officer: shortText.optional(),
  note: longText.optional(),
};

/** What each step says beside that. */
export const violationStepShapes = {
  verify: { ...siteShape },
  dismiss: { reason: longText.optional() },
  minute: {
    ...siteShape,
    /** Passed to another authority, with explanation or checking, grave and complex: each has its own term. Left out: ordinary. */
    procedure: z.enum(procedures).optional(),
    minutesNumber: z.string().max(80).optional(),
    /** SHA-256 of the scanned minutes or photos, hexadecimal. */
    evidenceSha256: z
      .array(z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'))
      .max(50)
      .optional(),
  },
  suspend: {},
  decide: {
    decisionNumber: z.string().max(80).optional(),
    authority: z.enum(['ward', 'district', 'city']).optional(),
    fineVnd: z.number().int().min(0).max(1_000_000_000).optional(),
    remedyDueDate: z.iso.date().optional(),
  },
  /** Number of the decision to enforce, and the day by which it is carried out. */
  enforce: { decisionNumber: z.string().max(80).optional(), remedyDueDate: z.iso.date().optional() },
  remedy: {},
  cancel: { reason: longText.optional() },
  expire: { reason: longText.optional() },
  close: { outcome: z.string().max(200).optional() },
  merge: { intoViolationId: identifier },
};

/** What is to be put right is due later: ten years at most, further on the year is mistyped. */
const remedyDates: EventDates = { fields: { remedyDueDate: { daysAhead: 3660 } } };

/** The event of a lawful step: it says the step's fields, and the violation has its status from then on. */
export function violationStep<Shape extends z.ZodRawShape>(
  status: string,
  action: string,
  shape: Shape,
  words: Words,
  values: readonly string[] = [],
) {
  const schema = z.object({ ...violationStepShape, ...shape });
  return defineEvent<z.infer<typeof schema>>({
    type: `violation-${status}`,
    service: 'urban-order',
    noun: 'violation',
    dataClass: 'public',
    action,
    schema,
    ...('remedyDueDate' in shape ? { dates: remedyDates } : {}),
    ...('intoViolationId' in shape ? { ofSeveral: true } : {}),
    key: (data) => (data as { violationId: string }).violationId,
    publishedBy: ['urban-order', 'intake', 'import', 'replay', 'drill'],
    consumedBy: ['urban-order', 'geography', 'live'],
    words,
    live: { feed: 'violations', entity: ['violationId'], values },
    point: { factOf: () => ({}) },
    status,
  } as EventDefinition<z.infer<typeof schema>>);
}
