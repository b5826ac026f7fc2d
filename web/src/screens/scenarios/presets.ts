import { dateAfter } from '@vungxanh/ml/scenario';
import type { ScenarioLever } from '@vungxanh/services/contracts/scenarios.ts';
import { newLever } from './lever-fields.ts';

export const presetNames = ['directive16', '5KTracing', 'reopen50', 'vaccinate', 'beds'] as const;
export type PresetName = (typeof presetNames)[number];

/** What a preset is cut to. */
export interface Situation {
  startDate: string;
  days: number;
  people: number;
  /** Wards with their weekly rate per 100,000 now; null: unknown. */
  wards: { areaId: string; ratePer100k: number | null }[];
  cuts: readonly number[];
}

/** Notice that people and businesses are given before limits begin: 48 hours (Nghị quyết 128/NQ-CP). */
const noticeDays = 2;
const limitDays = 21;
/** When no ward is red, the three worst stand in. */
const fewest = 3;

/** Wards above the highest cut; when there is none, the three with the highest rate. */
export function worstWards({ wards, cuts }: Pick<Situation, 'wards' | 'cuts'>): string[] {
  const byRate = wards.toSorted((a, b) => (b.ratePer100k ?? -1) - (a.ratePer100k ?? -1));
  const red = byRate.filter(({ ratePer100k }) => (ratePer100k ?? -1) >= (cuts.at(-1) ?? Number.POSITIVE_INFINITY));
  return (red.length ? red : byRate.slice(0, fewest)).map(({ areaId }) => areaId);
}

/** Levers of a well-known kind of answer: a starting point, to be changed. */
export function presetLevers(preset: PresetName, situation: Situation): ScenarioLever[] {
  const { startDate, days, people, wards } = situation;
  const last = dateAfter(startDate, days - 1);
  const all = (kind: ScenarioLever['kind']) => newLever(kind, startDate, last, people);
  const limited = {
    fromDate: dateAfter(startDate, noticeDays),
    toDate: dateAfter(startDate, Math.min(days - 1, noticeDays + limitDays - 1)),
  };
  switch (preset) {
    case 'directive16': {
      const areaIds = worstWards(situation);
      const areas = areaIds.length < wards.length ? { areaIds } : {};
      return [
        { kind: 'movement', ...limited, ...areas, limit: 0.8 },
        { kind: 'business', ...limited, ...areas, openShare: 0.2 },
      ];
    }
    case '5KTracing':
      return [all('5K'), all('tracing')];
    case 'reopen50':
      return [{ kind: 'business', fromDate: startDate, toDate: last, openShare: 0.5 }];
    case 'vaccinate':
      return [all('vaccination')];
    case 'beds':
      return [all('treatment')];
  }
}
