import { z } from '@hono/zod-openapi';
import { datedRule, holdsAt } from '#contracts/dated-rule.ts';
import { addDays } from '#contracts/days.ts';
import { addMonths } from '../../clocks/term.ts';
import file from './rules.json' with { type: 'json' };

const course = z.object({
  days: z.number().int().positive(),
  selfWatchDays: z.number().int().nonnegative(),
  testDays: z.array(z.number().int().positive()),
  verified: z.boolean(),
  source: z.string(),
});
const protection = course.extend({
  doses: z.number().int().positive(),
  daysSinceDose: z.number().int().nonnegative(),
  monthsSinceDose: z.number().int().positive().nullable(),
  monthsSinceRecovery: z.number().int().positive(),
});
const rule = datedRule.extend({ protection: protection.nullable(), others: course });
export const followUpRules = z.object({ note: z.string(), rules: z.array(rule) }).parse(file).rules;

/** Days of visits from the day after the last exposure, of watching oneself after them, and the days on which tests are due (1 is the first). */
export type Course = z.infer<typeof course>;

/** What is known of a contact's protection. null: nobody said; who is not known to be protected is followed up as the others. */
export interface Protection {
  doses: number | null;
  /** YYYY-MM-DD */
  lastDoseDay: string | null;
  recoveredDay: string | null;
}

const withinMonths = (day: string, months: number | null, until: string): boolean =>
  day <= until && (months === null || addMonths(day, months) >= until);

/**
 * The course by the rule that holds at the beginning of the day of the last exposure.
 *
 * @param exposureDay YYYY-MM-DD, a day in Vietnam: these rules are Vietnam's
 */
export function courseOf(exposureDay: string, { doses, lastDoseDay, recoveredDay }: Protection): Course {
  const found = followUpRules.find((each) => holdsAt(each, `${exposureDay}T00:00:00+07:00`))!;
  const bounds = found.protection;
  if (!bounds) return found.others;
  const vaccinated =
    doses !== null &&
    doses >= bounds.doses &&
    lastDoseDay !== null &&
    addDays(lastDoseDay, bounds.daysSinceDose) <= exposureDay &&
    withinMonths(lastDoseDay, bounds.monthsSinceDose, exposureDay);
  const recovered = recoveredDay !== null && withinMonths(recoveredDay, bounds.monthsSinceRecovery, exposureDay);
  if (!vaccinated && !recovered) return found.others;
  const { days, selfWatchDays, testDays, verified, source } = bounds;
  return { days, selfWatchDays, testDays, verified, source };
}
