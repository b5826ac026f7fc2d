import { z } from '@hono/zod-openapi';
import { bothLanguages } from '#contracts/primitives.ts';
import type { Words } from '#contracts/words.ts';
import { endOfTerm, type Term } from '../../clocks/term.ts';
import type { Due, Violation } from '../violation/state.ts';
import type { Step } from '../violation/transitions.ts';
import file from './terms-of-end.json' with { type: 'json' };

const rule = z.object({
  source: z.string(),
  verified: z.boolean(),
  words: bothLanguages,
});
const { enforcement, limitation } = z
  .object({ enforcement: rule, limitation: rule.extend({ months: z.number().int().positive() }) })
  .parse(file);

/** The law's own clock, where a district does not say its zone. */
export const lawTimeZone = 'Asia/Ho_Chi_Minh';

/** How long a due step may take, as a term. */
export function termOf({ on, hours, workingDays, days, months }: Due): Term | undefined {
  if (on !== null) return { on };
  if (hours !== null) return { hours };
  if (workingDays !== null) return { workingDays };
  if (days !== null) return { days };
  return months === null ? undefined : { months };
}

/**
 * Why a step comes too early, with the article and the first moment at which it is lawful; undefined: it does not. A term that is not known holds nobody up. Pure.
 *
 * @param at RFC 3339, when the step is taken
 * @param timeZone of the district: its days and its offices' calendar count
 */
export function prematureStep(
  step: Step,
  violation: Pick<Violation, 'due' | 'receivedAt' | 'occurredAt'>,
  at: string,
  timeZone: string,
): Words | undefined {
  if (step === 'enforce') {
    const { due } = violation;
    const term = due?.step === 'remedy' ? termOf(due) : undefined;
    return term && until(endOfTerm(term, due!.from, timeZone), at, enforcement.words);
  }
  if (step !== 'expire') return undefined;
  const began = violation.receivedAt ?? violation.occurredAt;
  return until(endOfTerm({ months: limitation.months }, began, timeZone), at, limitation.words);
}

const until = (end: string, at: string, { vi, en }: Words): Words | undefined =>
  Date.parse(at) >= Date.parse(end) ? undefined : { vi: `${vi}; từ ${end}`, en: `${en}; from ${end}` };
