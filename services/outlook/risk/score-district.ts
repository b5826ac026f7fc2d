import { dayNumber } from '@vungxanh/ml';
import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import { withheldOfDivided } from '../../case-history/divided-areas.ts';
import { type CaseMoment, momentOf } from '../../case-history/moment.ts';
import { bandPolicy } from '../../case-history/policy.ts';
import { staleCases } from '../../case-history/stale-cases.ts';
import type { Level } from '../../district/places.ts';
import { appendResults } from '../append-results.ts';
import { isOwnWeek } from '../history/divided-weeks.ts';
import { type LevelHistory, readHistory } from '../history/level-history.ts';
import { activeVersion } from '../models/activations.ts';
import { riskVersions, versionNamed } from '../models/model-versions.ts';
import { riskRules } from '../policy.ts';
import { type ModelParts, publishedLevel, type WorkParts } from '../work-parts.ts';
import { isNews } from './news.ts';
import type { AreaRisk } from './risk-of-history.ts';
import { readRisks } from './scored-risks.ts';

type RiskParts = Pick<WorkParts, 'database' | 'memory' | 'contexts' | 'quick' | 'now'>;

/** The risk of every area of a level, as computed at a moment; abstentions included. Of an area that was made of parts of others none before it has weeks enough of its own. */
export async function computeRisk(
  parts: RiskParts,
  moment: CaseMoment,
  level: Level,
  read?: LevelHistory,
): Promise<AreaRisk[]> {
  const known = read ?? (await readHistory(parts.database, moment, level, parts.memory));
  const risks = await riskOfLevel(parts, moment, level, known);
  const neededDays = 7 * riskRules.leastWeeks;
  return risks.map((risk) => {
    const division = known.divided.get(risk.areaId);
    if (!division || hasWeeks(known, risk.areaId, division.since, dayNumber(moment.day))) return risk;
    const { areaId, dataThroughDate, cuts, modelId } = risk;
    return { areaId, dataThroughDate, cuts, modelId, abstention: withheldOfDivided(division, neededDays) };
  });
}

/** Whether an area has as many weeks since the day of its borders as a risk needs. */
function hasWeeks({ history }: LevelHistory, areaId: string, since: number, onDay: number): boolean {
  const { leastWeeks } = riskRules;
  if (onDay - since + 1 < 7 * leastWeeks) return false;
  const index = history?.areaIds.indexOf(areaId) ?? -1;
  if (index < 0) return true;
  const own = history!.revisions.filter(({ area, weekEnd }) => area === index && isOwnWeek(weekEnd, since));
  return new Set(own.map(({ weekEnd }) => weekEnd)).size >= leastWeeks;
}

async function riskOfLevel(
  parts: RiskParts,
  moment: CaseMoment,
  level: Level,
  { history, places, source, withoutPopulation, load }: LevelHistory,
): Promise<AreaRisk[]> {
  const version = versionNamed(riskVersions, await activeVersion(parts.database, moment.district, 'risk', moment.asOf));
  const abstaining = (areaIds: readonly string[], abstention: WordedAbstention): AreaRisk[] =>
    areaIds.map((areaId) => ({
      areaId,
      dataThroughDate: moment.day,
      cuts: [...bandPolicy.cuts],
      modelId: `risk-${version.version}-none`,
      abstention,
    }));
  const nobody = abstaining(
    withoutPopulation,
    abstain(
      'no-population',
      'chưa có dân số, cần ít nhất 1 người để tính tỷ lệ',
      'population is missing, at least 1 is needed for a rate',
    ),
  );
  if (!history) return nobody;
  if (load) return [...abstaining(history.areaIds, load), ...nobody];
  const ageDays = (Date.parse(moment.instant) - Date.parse(moment.lastKnownAt ?? moment.instant)) / 86_400_000;
  if (ageDays > riskRules.mostKnowledgeAgeDays)
    return [...abstaining(history.areaIds, staleCases(ageDays, riskRules.mostKnowledgeAgeDays)), ...nobody];
  const context = version.readsContext
    ? await parts.contexts.of(parts.database, moment, level, places, history.areaIds)
    : undefined;
  const input = {
    history,
    source: version.believesLineList ? source : ('published-counts' as const),
    context,
    cuts: bandPolicy.cuts,
    codeVersion: version.version,
    rules: riskRules,
  };
  return [...(await parts.quick.ask({ kind: 'risk', input })), ...nobody];
}

/** Another version speaks: who decided for it sees its numbers, be they the same. */
function changedVersion(before: AreaRisk | undefined, now: AreaRisk): boolean {
  const versionOf = (modelId: string) => riskVersions.find(({ version }) => modelId.startsWith(`risk-${version}-`));
  return before !== undefined && versionOf(before.modelId) !== versionOf(now.modelId);
}

/** Scores a district's wards and says what is new. Returns the number of events. */
export async function scoreDistrict(parts: ModelParts, district: string): Promise<number> {
  const moment = await momentOf(parts.database, district, undefined, parts.now());
  // The wall's clock is not this district's: what would be said now could not be taken back by anything its own clock brings.
  if (moment.clock === 'recorded' && !moment.started) return 0;
  const history = await readHistory(parts.database, moment, publishedLevel, parts.memory);
  const computed = await parts.modelMetrics.timed('risk', district, 'risk', () =>
    computeRisk(parts, moment, publishedLevel, history),
  );
  const said = await readRisks(parts.database, district, undefined);
  const news = computed.filter(
    (risk) => isNews(said.get(risk.areaId), risk) || changedVersion(said.get(risk.areaId), risk),
  );
  return appendResults(parts, moment, 'risk-scored', news);
}
