import { z } from '@hono/zod-openapi';
import { datedRule, holdsAt } from '#contracts/dated-rule.ts';
import { bothLanguages, identifier } from '#contracts/primitives.ts';
import { type Level, levels, symptoms } from '../calls/events.ts';
import file from './rule-sets.json' with { type: 'json' };

const level = z.enum(levels);
export const ruleSet = datedRule.extend({
  id: identifier,
  words: bothLanguages,
  /** Per cent in the blood, gravest first. */
  oxygen: z.array(z.object({ below: z.number(), level })),
  /** Per minute, gravest first. */
  breaths: z.array(z.object({ above: z.number(), level })),
  symptoms: z.partialRecord(level, z.array(z.enum(symptoms))),
  /** Key of a telephone → what it says. */
  keys: z.record(z.string(), level),
  redFlags: z.array(level),
});
export type RuleSet = z.infer<typeof ruleSet>;
export const ruleSets = z.array(ruleSet).parse(file.sets);

export interface Answers {
  /** In the order in which they were pressed: the last one that means something counts. */
  keys?: string | undefined;
  symptoms?: readonly (typeof symptoms)[number][] | undefined;
  breathsPerMinute?: number | undefined;
  oxygenPercent?: number | undefined;
}

export interface Judgement {
  level: Level;
  ruleSet: string;
  /** What spoke for the level, as `oxygen<95`. */
  because: string[];
  redFlag: boolean;
}

/**
 * What answers come to, by the rule set of the moment. Who says nothing at all is well only where he says so.
 *
 * @param at RFC 3339 @throws Error when no set holds at the moment
 */
export function judge(answers: Answers, at: string, sets: readonly RuleSet[] = ruleSets): Judgement {
  const set = sets.find((one) => holdsAt(one, at));
  if (!set) throw new Error(`no rules for symptoms hold at ${at}`);
  const { oxygenPercent, breathsPerMinute, symptoms: told = [], keys = '' } = answers;
  const found: { level: Level; because: string }[] = [];
  const oxygen = set.oxygen.find(({ below }) => oxygenPercent !== undefined && oxygenPercent < below);
  if (oxygen) found.push({ level: oxygen.level, because: `oxygen<${oxygen.below}` });
  const breaths = set.breaths.find(({ above }) => breathsPerMinute !== undefined && breathsPerMinute > above);
  if (breaths) found.push({ level: breaths.level, because: `breaths>${breaths.above}` });
  for (const [of, list = []] of Object.entries(set.symptoms))
    for (const symptom of told) if (list.includes(symptom)) found.push({ level: of as Level, because: symptom });
  const key = [...keys].reverse().find((one) => set.keys[one] !== undefined);
  if (key !== undefined) found.push({ level: set.keys[key]!, because: `key ${key}` });
  const gravest = Math.max(0, ...found.map((one) => levels.indexOf(one.level)));
  const reached = levels[gravest]!;
  return {
    level: reached,
    ruleSet: set.id,
    because: found.filter((one) => one.level === reached).map(({ because }) => because),
    redFlag: set.redFlags.includes(reached),
  };
}
