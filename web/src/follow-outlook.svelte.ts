import { untrack } from 'svelte';
import { restMs, whenAtRest } from './at-rest.ts';
import type { Centre } from './centre.svelte.ts';
import { type RiskLevel, riskLevels } from './feed/outlook.svelte.ts';
import { loadClusters, loadLevels, loadRisk } from './load.ts';

/** After the stream told a risk, its bands and reasons are loaded: first after this time, and then at most this often. */
const reasonsMs = { district: 2000, ward: 250, neighbourhood: 5000 } as const;
const reasonsAgainMs = { district: 8000, ward: 1500, neighbourhood: 10_000 } as const;
/** Rows that are still behind after so many loads stay so: the service says why, or the next news asks again. */
const mostLoads = 5;
/** A scan is work for the service: asked again at most this often. */
const scanMs = 20_000;

/** Loads risks and clusters as the choices ask for them. To be called once, with the rest of what follows. */
export function followOutlook(centre: Centre) {
  for (const level of riskLevels) followRisk(centre, level);
  followClusters(centre);
  followLevels(centre);
}

/** While the map is coloured by them: again for each moment that is looked at and each new day. */
function followLevels(centre: Centre) {
  $effect(() => {
    const { districtId, asOf, onDay, reloads, outlook } = centre;
    const { colouring, mapLevel } = outlook;
    if (!districtId || colouring !== 'level') return;
    void [onDay, reloads];
    return whenAtRest(asOf, () => loadLevels(centre, mapLevel, districtId, asOf));
  });
}

/** Wards always: their cards show it. The district and tổ dân phố only while one of them is open, or the map draws them by risk. */
function followRisk(centre: Centre, level: RiskLevel) {
  const wanted = () => {
    const { selected, outlook } = centre;
    if (level === 'ward' || selected?.level === level) return true;
    // A ward's card lists its tổ by the same number.
    const listed = outlook.mapLevel === 'neighbourhood' || selected?.level === 'ward';
    return level === 'neighbourhood' && !['cases', 'level'].includes(outlook.colouring) && listed;
  };
  $effect(() => {
    const { districtId, asOf, reloads } = centre;
    if (!districtId || !wanted()) return;
    void reloads;
    return whenAtRest(asOf, () => loadRisk(centre, level, districtId, asOf));
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  let loadsFor = { sequence: 0, count: 0 };
  $effect(() => {
    const { districtId } = centre;
    const newest = wanted() ? newestUnloaded(centre, level) : undefined;
    if (!districtId || newest === undefined || timer) return;
    if (loadsFor.sequence !== newest) loadsFor = { sequence: newest, count: 0 };
    if (loadsFor.count >= mostLoads) return;
    loadsFor.count += 1;
    const wait = Math.max(reasonsMs[level], lastMs + reasonsAgainMs[level] - Date.now());
    timer = setTimeout(() => {
      timer = undefined;
      lastMs = Date.now();
      if (centre.live && centre.districtId === districtId) void loadRisk(centre, level, districtId, undefined);
    }, wait);
  });
}

/**
 * Sequence of the newest risk that the stream told and the loaded rows do not hold. Wards: of an area that was told later than its row was known.
 * The others are never told of: of any ward, since they were computed.
 */
function newestUnloaded(centre: Centre, level: RiskLevel): number | undefined {
  const { issued, risk } = centre.outlook;
  const told = [...(issued?.values() ?? [])].filter((item) => item.layer === 'risk');
  const computedMs = Date.parse(risk[level].data?.asOf ?? '') || 0;
  const behind = told.filter((item) =>
    level === 'ward' ? centre.outlook.isBehind(item.areaId!) : Date.parse(item.recordedTime) > computedMs,
  );
  return behind.length ? Math.max(...behind.map(({ sequence }) => sequence)) : undefined;
}

const newestCluster = (centre: Centre) =>
  Math.max(
    0,
    ...[...(centre.outlook.issued?.values() ?? [])]
      .filter(({ layer }) => layer === 'clusters')
      .map((item) => item.sequence),
  );

/** While they are shown: again for each moment that is looked at, each new day of the district's clock, and each cluster that the stream tells of. */
function followClusters(centre: Centre) {
  let lastMs = Number.NEGATIVE_INFINITY;
  let lastQuestion = '';
  $effect(() => {
    const { districtId, asOf, reloads, today } = centre;
    if (!districtId || !centre.outlook.showsClusters) return;
    void [today, newestCluster(centre)];
    const question = `${districtId} ${asOf} ${reloads}`;
    const wait = question === lastQuestion ? Math.max(0, lastMs + scanMs - Date.now()) : asOf ? restMs * 3 : 0;
    const timer = setTimeout(() => {
      lastMs = Date.now();
      lastQuestion = question;
      untrack(() => void loadClusters(centre, districtId, asOf));
    }, wait);
    return () => clearTimeout(timer);
  });
}
