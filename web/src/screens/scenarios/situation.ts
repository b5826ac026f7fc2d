import type { Centre } from '../../centre.svelte.ts';
import type { RunnableModel } from './lever-days.ts';
import type { Situation } from './presets.ts';

/** What presets are cut to, as the screen knows it now. Call it where centre and model may be read reactively. */
export function situationOf(centre: Centre, model: RunnableModel, days: number): Situation {
  return {
    startDate: model.startDate,
    days,
    people: model.areas.reduce((sum, { people }) => sum + people, 0),
    wards: model.areas.map(({ areaId }) => ({ areaId, ratePer100k: centre.rateOf(areaId) ?? null })),
    cuts: model.cuts,
  };
}
