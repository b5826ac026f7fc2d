import { untrack } from 'svelte';
import {
  type AreaCollection,
  type District,
  type FeedRow,
  type FiguresAnswer,
  type FormulaText,
  type PointLayer,
  pointLayers,
  serviceOf,
  services,
} from './api/answers.ts';
import { address, fetchBytes, fetchJson } from './api/http.ts';
import { centre } from './centre.svelte.ts';
import { pointSet } from './feed/points.ts';
import { followOutlook } from './follow-outlook.svelte.ts';
import { words } from './i18n/language.svelte.ts';

/** While somebody drags along the time, loads wait this long for the hand to rest. */
const restMs = 140;
/** Told entities are folded into the loaded rows when there are more. */
const hotLimit = 10_000;
/** Points of which something changed that has no place in the stream are loaded again, at most this often. */
const renewPointsMs = 5000;
/** Districts come and go: an exercise begins, or is thrown away. */
const districtsMs = 60_000;
const drillMs = 10_000;

/** Loads what the choices ask for, whenever they change. To be called once, while the app's root component starts. */
export function follow() {
  $effect(() => {
    void loadDistricts();
    const timer = setInterval(loadDistricts, districtsMs);
    return () => clearInterval(timer);
  });
  $effect(() => {
    const timer = setInterval(() => {
      centre.wallMs = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  });
  $effect(() => {
    const { districtId } = centre;
    if (!districtId) return;
    untrack(() => openDistrict(districtId));
    return () => centre.line.close();
  });
  $effect(followExercise);
  $effect(() => {
    const { districtId, asOf, onDay, reloads } = centre;
    if (!districtId) return;
    void [onDay, reloads, words.language];
    const timer = setTimeout(() => loadFigures(districtId, asOf), asOf ? restMs : 0);
    return () => clearTimeout(timer);
  });
  for (const layer of pointLayers)
    $effect(() => {
      const { districtId, asOf, reloads, layers } = centre;
      if (!districtId || !layers.includes(layer)) return;
      void reloads;
      const query = pointQuery(layer);
      const timer = setTimeout(() => loadPoints(layer, districtId, query), asOf ? restMs : 0);
      return () => clearTimeout(timer);
    });
  for (const layer of pointLayers) followChanges(layer);
  followOutlook();
  $effect(() => {
    if (centre.line.world.hot.size > hotLimit) untrack(() => reload());
  });
  $effect(() => {
    const hash = centre.address();
    if (centre.districtId && location.hash !== hash) history.replaceState(null, '', hash);
  });
}

export async function loadDistricts() {
  if (!(await centre.districts.load((signal) => fetchJson<District[]>('/api/districts', { signal })))) return;
  const known = centre.districts.data ?? [];
  if (!known.some((d) => d.district === centre.districtId)) centre.districtId = await firstToShow(known);
}

/** The real district; while nothing was ever reported in it, a running exercise says more than an empty map. */
async function firstToShow(known: District[]): Promise<string | undefined> {
  const real = known.find((d) => d.clock === 'live' && !d.exercise) ?? known[0];
  const exercise = known.find((d) => d.exercise);
  if (!real || !exercise) return real?.district;
  const feeds = await fetchJson<FeedRow[]>('/api/epidemic/feeds', { query: { district: real.district } }).catch(
    () => undefined,
  );
  return feeds?.length === 0 ? exercise.district : real.district;
}

/** Everything anew: after the stream could not bring us up to date. */
export function reload() {
  const through = centre.line.world.throughSequence;
  centre.reloads += 1;
  centre.line.settle(through);
  if (centre.districtId) void loadFeeds(centre.districtId);
}

function openDistrict(district: string) {
  for (const service of services) centre.figures[service].clear();
  for (const layer of pointLayers) centre.points[layer].clear();
  centre.areas.clear();
  centre.feeds.clear();
  centre.outlook.clear();
  centre.line.connect(district, reload);
  void loadAreas(district);
  void loadFeeds(district);
  void centre.formulas.load((signal) => fetchJson<FormulaText[]>('/api/epidemic/formulas', { signal }));
}

export async function loadAreas(district: string) {
  if (
    await centre.areas.load((signal) =>
      fetchJson<AreaCollection>('/api/geography/areas', { query: { district }, signal }),
    )
  )
    centre.areasOf = district;
}

export const loadFeeds = (district: string) =>
  centre.feeds.load((signal) => fetchJson<FeedRow[]>('/api/epidemic/feeds', { query: { district }, signal }));

export async function loadFigures(district: string, asOf: string | undefined) {
  const through = centre.line.world.throughSequence;
  const query = { district, asOf, language: words.language };
  const loads = services.map((service) =>
    centre.figures[service].load((signal) => fetchJson<FiguresAnswer>(`/api/${service}/figures`, { query, signal })),
  );
  const done = await Promise.all(loads);
  centre.figuresLoads += 1;
  if (done.every(Boolean) && !asOf) centre.line.settleFigures(through);
}

export const loadPoints = (layer: PointLayer, district: string, query: Record<string, string | undefined>) =>
  centre.points[layer].load(async (signal) =>
    pointSet(await fetchBytes(address(`/api/${serviceOf[layer]}/points`, { district, ...query }), { signal })),
  );

/** What the points of a layer are asked for. */
export const pointQuery = (layer: PointLayer) => ({
  asOf: centre.asOf,
  ...(layer === 'cases' ? { from: centre.caseFrom, to: centre.onDay } : {}),
});

/** The stream says that something changed of which it has no place: the points are loaded again, once for many such changes. */
function followChanges(layer: PointLayer) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  $effect(() => {
    const changes = centre.line.world.unplaced[layer];
    const { districtId, live, layers } = centre;
    if (!changes || !districtId || !live || !layers.includes(layer) || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (centre.live && centre.districtId === districtId) void loadPoints(layer, districtId, pointQuery(layer));
    }, renewPointsMs);
  });
}

/** An exercise's clock and buttons: asked when it is opened, when the line comes back, and now and then, as others may press the buttons too. */
function followExercise() {
  if (!centre.district?.exercise) return;
  void centre.line.state?.resumptions;
  untrack(() => void centre.exercise.refresh());
  const timer = setInterval(() => centre.exercise.refresh(), drillMs);
  return () => clearInterval(timer);
}
