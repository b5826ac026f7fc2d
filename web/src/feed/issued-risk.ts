import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import type { AreaRiskAnswer } from '../api/outlook-answers.ts';

/** Risk of an area as it was said: a score with its bands, or the reason why it is withheld. News bring neither name nor bands. */
export type RiskScored = Omit<AreaRiskAnswer, 'name' | 'knownAt'> & Partial<Pick<AreaRiskAnswer, 'name' | 'knownAt'>>;

/** What the map can be coloured by: cases as reported, the score, a rise of the level in two weeks, a high level in one or two, the official level as computed. */
export const colourings = ['cases', 'score', 'rise', 'high', 'level'] as const;
export type Colouring = (typeof colourings)[number];
export type RiskMeasure = Exclude<Colouring, 'cases' | 'level'>;

/** Bands from this one on are high: what an alert is about. */
export const highBand = 3;
const alertWeeks = 2;

/** Score 0–100, or a probability 0–1. null: withheld, or not said yet. `high` is the larger of the two weeks' probabilities, so at most that of either. */
export function riskValue(risk: RiskScored | undefined, measure: RiskMeasure): number | null {
  if (!risk || risk.abstention) return null;
  if (measure === 'score') return risk.score ?? null;
  if (measure === 'rise') return risk.riseIn2Weeks ?? null;
  const soon = risk.horizons?.filter(({ weeks }) => weeks <= alertWeeks) ?? [];
  if (!soon.length) return null;
  return Math.max(...soon.map(({ bands }) => bands.slice(highBand - 1).reduce((sum, share) => sum + share, 0)));
}

/**
 * Has the stream said something of the area that the loaded row does not hold yet? By the journal: after the rows were asked for; or by the clock: known
 * after the row was, when the service's rows lag behind its events.
 * @param loadedThrough journal sequence up to which the stream had told when the row was asked for
 */
export function isBehind(loaded: RiskScored | undefined, told: LiveItem | undefined, loadedThrough: number): boolean {
  if (!told) return false;
  if (!loaded || told.sequence > loadedThrough) return true;
  return Boolean(loaded.knownAt) && Date.parse(told.recordedTime) > Date.parse(loaded.knownAt!);
}

/**
 * An area's risk as it stands: numbers that the stream told win over older loaded ones; its bands and reasons stay the loaded ones until they are
 * loaded again. An item without a score is a risk that is withheld from now on.
 */
export function riskNow(
  loaded: RiskScored | undefined,
  told: LiveItem | undefined,
  loadedThrough: number,
): RiskScored | undefined {
  if (!told || !isBehind(loaded, told, loadedThrough)) return loaded;
  const { score, presentBand, riseIn2Weeks, fallIn2Weeks, dataThroughDate } = told.values;
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  const common = {
    cuts: loaded?.cuts ?? [],
    modelId: loaded?.modelId ?? '',
    areaId: told.areaId ?? told.entity,
    dataThroughDate: String(dataThroughDate ?? loaded?.dataThroughDate ?? ''),
    knownAt: told.recordedTime,
  };
  if (number(score) === undefined)
    return { ...common, abstention: loaded?.abstention ?? { reason: 'not-told', detail: '' } };
  return {
    ...(loaded?.abstention ? {} : loaded),
    ...common,
    score: number(score),
    presentBand: number(presentBand),
    riseIn2Weeks: number(riseIn2Weeks),
    fallIn2Weeks: number(fallIn2Weeks),
  };
}
