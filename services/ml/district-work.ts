import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { isNews } from './news.ts';
import { bandPolicy, codeVersion, forecastRules, riskRules } from './policy.ts';
import type { ContextMemory } from './reads/context.ts';
import { type LevelHistory, type NeighbourMemory, readHistory } from './reads/history.ts';
import { type Moment, momentOf } from './reads/moment.ts';
import type { Level } from './reads/places.ts';
import { readForecastDay, readForecasts, readRisks } from './reads/said.ts';
import { say } from './say.ts';
import type { AreaRisk } from './work/risk-of-history.ts';
import type { Thread } from './work/thread.ts';

export interface WorkParts extends Pick<ServiceParts, 'database' | 'appender' | 'now'> {
  projection: FollowedProjection;
  memory: NeighbourMemory;
  contexts: ContextMemory;
  /** scores; never waits for a forecast */
  quick: Thread;
  /** forecasts and scans */
  slow: Thread;
}

/** Level whose risk and forecasts are said as events. */
export const saidLevel: Level = 'ward';

/** The risk of every area of a level, as computed at a moment; abstentions included. */
export async function computeRisk(
  parts: Pick<WorkParts, 'database' | 'memory' | 'contexts' | 'quick' | 'now'>,
  moment: Moment,
  level: Level,
  read?: LevelHistory,
): Promise<AreaRisk[]> {
  const { history, places, source, withoutPopulation } =
    read ?? (await readHistory(parts.database, moment, level, parts.memory));
  const abstain = (areaIds: readonly string[], reason: string, detail: string): AreaRisk[] =>
    areaIds.map((areaId) => ({
      areaId,
      dataThroughDate: moment.onDay,
      cuts: [...bandPolicy.cuts],
      modelId: `risk-${codeVersion}-none`,
      abstention: { reason, detail },
    }));
  const nobody = abstain(withoutPopulation, 'no-population', 'population is missing, at least 1 is needed for a rate');
  if (!history) return nobody;
  const ageDays = (Date.parse(moment.clockTime) - Date.parse(moment.heardAt ?? moment.clockTime)) / 86_400_000;
  if (ageDays > riskRules.mostKnowledgeAgeDays)
    return [
      ...abstain(
        history.areaIds,
        'stale',
        `cases were last heard of ${Math.floor(ageDays)} days ago, at most ${riskRules.mostKnowledgeAgeDays}`,
      ),
      ...nobody,
    ];
  const context = await parts.contexts.of(parts.database, moment, level, places, history.areaIds);
  const input = { history, source, context, cuts: bandPolicy.cuts, codeVersion, rules: riskRules };
  return [...(await parts.quick.ask({ kind: 'risk', input })), ...nobody];
}

/** Scores a district's wards and says what is new. Returns the number of events. */
export async function scoreDistrict(parts: WorkParts, district: string): Promise<number> {
  const moment = await momentOf(parts.database, district, undefined, parts.now());
  const history = await readHistory(parts.database, moment, saidLevel, parts.memory);
  const computed = await computeRisk(parts, moment, saidLevel, history);
  const said = await readRisks(parts.database, district, undefined);
  const news = computed.filter((risk) => isNews(said.get(risk.areaId), risk));
  return say(parts, moment, 'risk-scored', news);
}

/** Issues the forecast of the present day, unless it has been; `again`: a second one, because more is known. Returns the number of events. */
export async function forecastDistrict(parts: WorkParts, district: string, again = false): Promise<number> {
  const moment = await momentOf(parts.database, district, undefined, parts.now());
  if (!again && (await readForecastDay(parts.database, district)) === moment.onDay) return 0;
  const { history, places } = await readHistory(parts.database, moment, saidLevel, parts.memory);
  if (!history) return 0;
  const input = {
    history,
    topAreaId: places.top,
    onDay: Date.parse(`${moment.onDay}T00:00:00Z`) / 86_400_000,
    seed: 2021,
    codeVersion,
    rules: forecastRules,
  };
  const issued = await parts.slow.ask({ kind: 'forecast', input });
  const withheld = issued.every((forecast) => forecast.abstention);
  if (withheld) {
    // Too early to forecast: said once, and not again each day for the same reason.
    const before = (await readForecasts(parts.database, district, issued[0]!.areaId, undefined)).at(-1);
    if (before?.abstention?.reason !== issued[0]!.abstention!.reason)
      await say(parts, moment, 'forecast-issued', issued);
    return 0;
  }
  return say(parts, moment, 'forecast-issued', issued);
}
