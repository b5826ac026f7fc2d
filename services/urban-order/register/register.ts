import { z } from '@hono/zod-openapi';
import { datedRule, holdsAt } from '#contracts/dated-rule.ts';
import { type ViolationKind, violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { buildings, procedures } from '#contracts/events/urban-order/violation-step.ts';
import { bothLanguages } from '#contracts/primitives.ts';
import { workingDays, workingDaysSchema } from '../../clocks/working-days.ts';
import type { Violation } from '../violation/state.ts';
import { type Step, steps } from '../violation/transitions.ts';
import { authority, authoritySchema } from './authority.ts';
import deadlinesFile from './deadlines.json' with { type: 'json' };
import kindsFile from './kinds.json' with { type: 'json' };

const kindEntry = z.object({
  kind: violationKind,
  vi: z.string(),
  en: z.string(),
  /** There are works that an order can stop: the lawful way leads over a suspension. */
  worksInProgress: z.boolean(),
  /** While works go on, the builder has a term to bring the permit. */
  mayRegularise: z.boolean(),
  decrees: z.array(
    z.object({
      decree: z.string(),
      article: z.string().optional(),
      clause: z.string().optional(),
      verified: z.boolean(),
    }),
  ),
});

const deadlineEntry = datedRule.extend({
  id: z.string(),
  step: z.enum(steps),
  hours: z.number().int().positive().optional(),
  days: z.number().int().positive().optional(),
  workingDays: z.number().int().positive().optional(),
  months: z.number().int().positive().optional(),
  /** From when it counts; left out: since the status is so. */
  since: z.enum(['receipt', 'minutes']).optional(),
  /** Only for such violations; left out: for all. */
  when: z
    .object({
      procedure: z.array(z.enum(procedures)).optional(),
      building: z.enum(buildings).optional(),
      mayRegularise: z.boolean().optional(),
    })
    .optional(),
  /** The basis of the rule as people read it. */
  words: bothLanguages,
});
/** Its span is of the instants of breach. */
export type Deadline = z.infer<typeof deadlineEntry>;
export type KindEntry = z.infer<typeof kindEntry>;
export const registerSchema = z.object({
  kinds: z.array(kindEntry),
  deadlines: z.array(deadlineEntry),
  workingDays: workingDaysSchema,
  ...authoritySchema.shape,
});

export const kinds = z.array(kindEntry).parse(kindsFile.kinds);
export const deadlines = z.array(deadlineEntry).parse(deadlinesFile.deadlines);

const byKind = new Map(kinds.map((entry) => [entry.kind, entry]));
/** Throws when the register lacks the kind: the file and the contract then disagree. */
export function kindOf(kind: ViolationKind): KindEntry {
  const entry = byKind.get(kind);
  if (!entry) throw new Error(`kind ${kind} is not in register/kinds.json`);
  return entry;
}

/** The whole register, as it is published. */
export const register = (): z.infer<typeof registerSchema> => ({ kinds, deadlines, workingDays, ...authority });

/** What of a violation chooses among rules. */
export type Circumstances = Pick<Violation, 'kind' | 'occurredAt'> &
  Partial<Pick<Violation, 'works' | 'building' | 'procedure'>>;

/** There are works that an order can stop: as was found there, else as is usual for the kind. */
export const worksGoOn = ({ kind, works }: Pick<Circumstances, 'kind' | 'works'>): boolean =>
  works ? works === 'in-progress' : kindOf(kind).worksInProgress;

/** The rule for a step of a breach that happened at `occurredAt` (RFC 3339); undefined when there is no deadline. */
export function deadlineOf(step: Step, violation: Circumstances): Deadline | undefined {
  return deadlines.find(
    (rule) => rule.step === step && holdsAt(rule, violation.occurredAt) && isMeant(rule, violation),
  );
}

function isMeant({ when }: Deadline, violation: Circumstances): boolean {
  if (!when) return true;
  const mayRegularise = kindOf(violation.kind).mayRegularise && worksGoOn(violation);
  return (
    (when.procedure?.includes(violation.procedure ?? 'ordinary') ?? true) &&
    (when.building === undefined || when.building === violation.building) &&
    (when.mayRegularise === undefined || when.mayRegularise === mayRegularise)
  );
}
