import { z } from '@hono/zod-openapi';
import { type ViolationKind, violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { instant } from '#contracts/primitives.ts';
import { type Step, steps } from '../violation/transitions.ts';
import deadlinesFile from './deadlines.json' with { type: 'json' };
import kindsFile from './kinds.json' with { type: 'json' };

const kindEntry = z.object({
  kind: violationKind,
  vi: z.string(),
  en: z.string(),
  /** There are works that an order can stop: the lawful way leads over a suspension. */
  worksInProgress: z.boolean(),
  decrees: z.array(z.object({ decree: z.string(), article: z.string().optional(), verified: z.boolean() })),
});

const deadlineEntry = z.object({
  id: z.string(),
  step: z.enum(steps),
  hours: z.number().int().positive().optional(),
  days: z.number().int().positive().optional(),
  /** Half-open span of the instants of breach for which the rule holds; null: no bound. */
  from: instant.nullable(),
  until: instant.nullable(),
  verified: z.boolean(),
  source: z.string(),
  /** The basis of the rule as people read it. */
  words: z.object({ vi: z.string(), en: z.string() }),
});
export type Deadline = z.infer<typeof deadlineEntry>;
export type KindEntry = z.infer<typeof kindEntry>;
export const registerSchema = z.object({ kinds: z.array(kindEntry), deadlines: z.array(deadlineEntry) });

export const kinds = z.array(kindEntry).parse(kindsFile.kinds);
export const deadlines = z.array(deadlineEntry).parse(deadlinesFile.deadlines);

const byKind = new Map(kinds.map((entry) => [entry.kind, entry]));
/** Throws when the register lacks the kind: the file and the contract then disagree. */
export function kindOf(kind: ViolationKind): KindEntry {
  const entry = byKind.get(kind);
  if (!entry) throw new Error(`kind ${kind} is not in register/kinds.json`);
  return entry;
}

/** The rule for a step of a breach that happened at `occurredAt` (RFC 3339); undefined when there is no deadline. */
export function deadlineOf(step: Step, occurredAt: string): Deadline | undefined {
  const moment = Date.parse(occurredAt);
  return deadlines.find(
    (rule) =>
      rule.step === step &&
      (rule.from === null || Date.parse(rule.from) <= moment) &&
      (rule.until === null || moment < Date.parse(rule.until)),
  );
}
