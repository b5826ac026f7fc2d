import { z } from '@hono/zod-openapi';
import { datedRule, holdsAt } from '#contracts/dated-rule.ts';
import { bothLanguages, identifier, shortText } from '#contracts/primitives.ts';
import { type ChainStep, chainRoles } from '../calls/events.ts';
import file from './chains.json' with { type: 'json' };

const ruleStep = z.object({
  role: z.enum(chainRoles),
  target: z.enum(['nearest-station', 'facility', 'ward-chair', 'office']),
  facilityId: identifier.optional(),
  targetId: identifier.optional(),
  name: shortText.optional(),
  ringSeconds: z.number().int().min(1).max(600),
});
export const chainRule = datedRule.extend({
  id: identifier,
  words: bothLanguages,
  steps: z.array(ruleStep).min(1),
});
export type ChainRule = z.infer<typeof chainRule>;

export const chainRules = z.array(chainRule).parse(file.rules);
/** The number of the hotline, digits alone. */
export const channel = file.channel;

/** The rule of an instant, RFC 3339. @throws Error when there is none: the file has a gap */
export function chainRuleAt(at: string, rules: readonly ChainRule[] = chainRules): ChainRule {
  const found = rules.find((rule) => holdsAt(rule, at));
  if (!found) throw new Error(`no chain of the hotline holds at ${at}`);
  return found;
}

/** A place that can be rung. */
export interface Target {
  id: string;
  name: string;
}

/** Whom the steps of a rule name for one caller; undefined: there is nobody. */
export interface Targets {
  station: Target | undefined;
  hospital: Target | undefined;
  ward: Target | undefined;
}

/** The steps for one caller. What there is nobody for is left out: nobody waits a minute for no one. */
export const chainOf = ({ steps }: ChainRule, { station, hospital, ward }: Targets): ChainStep[] =>
  steps.flatMap(({ role, target, targetId, name, ringSeconds }): ChainStep[] => {
    if (target === 'office') return [{ role, targetId: targetId ?? role, name: name ?? role, ringSeconds }];
    if (target === 'ward-chair')
      return ward
        ? [
            {
              role,
              targetId: `chair-${ward.id}`.slice(0, 80),
              name: (name ?? '{area}').replace('{area}', ward.name),
              ringSeconds,
            },
          ]
        : [];
    const found = target === 'nearest-station' ? station : hospital;
    return found ? [{ role, targetId: found.id, name: found.name, ringSeconds }] : [];
  });
