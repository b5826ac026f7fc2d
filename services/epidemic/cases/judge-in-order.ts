import type { Implausible } from '#contracts/define-event.ts';
import { contradictions } from '#contracts/events/epidemic/case-state.ts';
import { type CaseEvent, type CaseVersion, evolveCase } from './evolve.ts';
import { type CaseChange, knownCase, saidOfCase } from './known-case.ts';

/** Above every sequence of a journal: what is judged comes after all that is known. */
const afterAll = 2 ** 52;

/**
 * What of the events of one batch contradicts their cases: each with what is known of its case and with what was taken of the batch before it. A change that stands before the confirmation of its case
 * is judged with it, as it waits for it. Confirmations are held against nothing. Pure.
 *
 * @param known cases as their rows have them @param timeZone IANA, of the district
 * @returns faults of each event, in their order; of a case that is not known, none
 */
export function judgeInOrder(
  known: ReadonlyMap<string, CaseVersion>,
  events: readonly CaseEvent[],
  timeZone: string | undefined,
): Implausible[][] {
  const faults: Implausible[][] = events.map(() => []);
  const states = new Map(known);
  const waiting = new Map<string, number[]>();
  const take = (index: number) => {
    const event = events[index]!;
    const { caseId } = event.data;
    const current = states.get(caseId);
    if (event.type !== 'case-confirmed') {
      const said = saidOfCase(event as CaseChange, timeZone);
      faults[index] = contradictions(knownCase(current!, timeZone), said);
      if (faults[index].length > 0) return;
    }
    states.set(caseId, evolveCase(current, event, afterAll + index));
  };
  for (const [index, { type, data }] of events.entries()) {
    const isThere = states.has(data.caseId);
    if (!isThere && type !== 'case-confirmed') {
      waiting.set(data.caseId, [...(waiting.get(data.caseId) ?? []), index]);
      continue;
    }
    take(index);
    if (!isThere) for (const early of waiting.get(data.caseId) ?? []) take(early);
  }
  return faults;
}
