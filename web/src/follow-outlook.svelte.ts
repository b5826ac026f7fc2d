import { untrack } from 'svelte';
import { fetchJson } from './api/http.ts';
import type { ClustersAnswer, RiskAnswer } from './api/outlook-answers.ts';
import { centre } from './centre.svelte.ts';
import { type RiskLevel, riskLevels } from './feed/outlook.svelte.ts';

/** While somebody drags along the time, loads wait this long for the hand to rest. */
const restMs = 140;
/** After the stream told a risk, its bands and reasons are loaded: first after this time, and then at most this often. */
const reasonsMs = { district: 2000, ward: 250, neighbourhood: 5000 } as const;
const reasonsAgainMs = { district: 8000, ward: 1500, neighbourhood: 10_000 } as const;
/** Rows that are still behind after so many loads stay so: the service says why, or the next news asks again. */
const mostLoads = 5;
/** A scan is work for the service: asked again at most this often. */
const scanMs = 20_000;

export async function loadRisk(level: RiskLevel, district: string, asOf: string | undefined) {
  const through = centre.line.world.throughSequence;
  const done = await centre.outlook.risk[level].load((signal) =>
    fetchJson<RiskAnswer>('/api/risk', { query: { district, level, asOf }, signal }),
  );
  if (done && level === 'ward') centre.outlook.wardsThrough = through;
}

export const loadClusters = (district: string, asOf: string | undefined) =>
  centre.outlook.clusters.load((signal) =>
    fetchJson<ClustersAnswer>('/api/clusters', { query: { district, asOf }, signal }),
  );

/** Loads risks and clusters as the choices ask for them. To be called once, with the rest of what follows. */
export function followOutlook() {
  for (const level of riskLevels) followRisk(level);
  followClusters();
}

/** Wards always: their cards show it. The district and tổ dân phố only while one of them is open, or the map draws them by risk. */
function followRisk(level: RiskLevel) {
  const wanted = () => {
    const { selected, outlook } = centre;
    if (level === 'ward' || selected?.level === level) return true;
    // A ward's card lists its tổ by the same number.
    const listed = outlook.mapLevel === 'neighbourhood' || selected?.level === 'ward';
    return level === 'neighbourhood' && outlook.colouring !== 'cases' && listed;
  };
  $effect(() => {
    const { districtId, asOf, reloads } = centre;
    if (!districtId || !wanted()) return;
    void reloads;
    const timer = setTimeout(() => loadRisk(level, districtId, asOf), asOf ? restMs : 0);
    return () => clearTimeout(timer);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  let loadsFor = { sequence: 0, count: 0 };
  $effect(() => {
    const { districtId } = centre;
    const newest = wanted() ? newestUnloaded(level) : undefined;
    if (!districtId || newest === undefined || timer) return;
    if (loadsFor.sequence !== newest) loadsFor = { sequence: newest, count: 0 };
    if (loadsFor.count >= mostLoads) return;
    loadsFor.count += 1;
    const wait = Math.max(reasonsMs[level], lastMs + reasonsAgainMs[level] - Date.now());
    timer = setTimeout(() => {
      timer = undefined;
      lastMs = Date.now();
      if (centre.live && centre.districtId === districtId) void loadRisk(level, districtId, undefined);
    }, wait);
  });
}

/**
 * Sequence of the newest risk that the stream told and the loaded rows do not hold. Wards: of an area that was told later than its row was known.
 * The others are never told of: of any ward, since they were computed.
 */
function newestUnloaded(level: RiskLevel): number | undefined {
  const { said, risk } = centre.outlook;
  const told = [...(said?.values() ?? [])].filter((item) => item.layer === 'risk');
  const computedMs = Date.parse(risk[level].data?.asOf ?? '') || 0;
  const behind = told.filter((item) =>
    level === 'ward' ? centre.outlook.isBehind(item.areaId!) : Date.parse(item.recordedTime) > computedMs,
  );
  return behind.length ? Math.max(...behind.map(({ sequence }) => sequence)) : undefined;
}

const newestCluster = () =>
  Math.max(
    0,
    ...[...(centre.outlook.said?.values() ?? [])]
      .filter(({ layer }) => layer === 'clusters')
      .map((item) => item.sequence),
  );

/** While they are shown: again for each moment that is looked at, each new day of the district's clock, and each cluster that the stream tells of. */
function followClusters() {
  let lastMs = Number.NEGATIVE_INFINITY;
  let lastQuestion = '';
  $effect(() => {
    const { districtId, asOf, reloads, today } = centre;
    if (!districtId || !centre.outlook.showsClusters) return;
    void [today, newestCluster()];
    const question = `${districtId} ${asOf} ${reloads}`;
    const wait = question === lastQuestion ? Math.max(0, lastMs + scanMs - Date.now()) : asOf ? restMs * 3 : 0;
    const timer = setTimeout(() => {
      lastMs = Date.now();
      lastQuestion = question;
      untrack(() => void loadClusters(districtId, asOf));
    }, wait);
    return () => clearTimeout(timer);
  });
}
