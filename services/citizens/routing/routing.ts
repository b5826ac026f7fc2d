import { z } from '@hono/zod-openapi';
import { bothLanguages } from '#contracts/primitives.ts';
import type { Words } from '#contracts/words.ts';
import { type Topic, topicIds } from '../report/topics.ts';
import rulesFile from './rules.json' with { type: 'json' };
import unitsFile from './units.json' with { type: 'json' };

const unitSchema = z.array(z.object({ unit: z.string(), words: bothLanguages }));
/** Units that are not wards. A ward is the unit `ward.AREA`. */
export const units = unitSchema.parse(unitsFile);

/** Where a report goes that no rule knows, and one whose ward is not known. */
export const reception = 'tiep-nhan';

const ruleSchema = z.object({
  id: z.string(),
  topics: z.union([z.literal('all'), z.array(z.enum(topicIds))]),
  /** Only for places in these areas, or below them; left out: everywhere. */
  areas: z.array(z.string()).optional(),
  /** A unit, or `ward`: the ward in which the place lies. */
  owner: z.string(),
  /** Half-open span of the district's days; null: no bound. */
  from: z.iso.date(),
  until: z.iso.date().nullable(),
  source: z.string(),
  verified: z.boolean(),
});
export type RoutingRule = z.infer<typeof ruleSchema>;

/** The first rule that fits holds: those of single areas stand before those of all. */
export const routingRules: readonly RoutingRule[] = z.array(ruleSchema).parse(rulesFile);

/** What is known of a report when it is routed. */
export interface Routed {
  topic: Topic;
  /** The area of the place and all above it; empty: nobody knows the place. */
  areaIds: readonly string[];
  /** The ward among them. */
  wardId: string | undefined;
  /** Day of receipt on the district's calendar, YYYY-MM-DD. */
  day: string;
}

/** Owner of a report, and why. */
export interface Route {
  unit: string;
  rule: string;
  source: string;
  verified: boolean;
}

const toReception: Route = {
  unit: reception,
  rule: 'tiep-nhan',
  source: 'Không có quy tắc, hoặc chưa rõ phường: bộ phận tiếp nhận chuyển bằng tay.',
  verified: false,
};

/** The unit that owns a topic at a place on a day. Pure. */
export function routeOf({ topic, areaIds, wardId, day }: Routed, rules: readonly RoutingRule[] = routingRules): Route {
  const rule = rules.find(
    ({ topics, areas, from, until }) =>
      (topics === 'all' || topics.includes(topic)) &&
      (areas === undefined || areas.some((area) => areaIds.includes(area))) &&
      from <= day &&
      (until === null || day < until),
  );
  if (!rule || (rule.owner === 'ward' && wardId === undefined)) return toReception;
  const { id, owner, source, verified } = rule;
  return { unit: owner === 'ward' ? unitOfWard(wardId!) : owner, rule: id, source, verified };
}

export const unitOfWard = (wardId: string): string => `ward.${wardId}`;

/** A unit as people read it. @param areaName name of an area by its id */
export function unitWords(unit: string, areaName: (areaId: string) => string | undefined): Words {
  const known = units.find((one) => one.unit === unit);
  if (known) return known.words;
  const ward = /^ward\.(.+)$/.exec(unit)?.[1];
  const name = ward === undefined ? undefined : (areaName(ward) ?? ward);
  return name === undefined ? { vi: unit, en: unit } : { vi: `UBND ${name}`, en: `People’s Committee of ${name}` };
}
