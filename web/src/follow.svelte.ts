import { untrack } from 'svelte';
import { centre } from './centre.svelte.ts';
import { type AreaCollection, type District, type FeedRow, type FiguresAnswer, pointLayers, serviceOf, services } from './feed/answers.ts';
import { pointSet } from './feed/points.ts';
import { address, fetchBytes, fetchJson } from './http.ts';

const levels = ['district', 'ward', 'neighbourhood'] as const;
/** While somebody drags along the time, loads wait this long for the hand to rest. */
const restMs = 140;
/** Told entities are folded into the loaded rows when there are more. */
const hotLimit = 10_000;

/** Loads what the choices ask for, whenever they change. To be called once, while the app's root component starts. */
export function follow() {
  $effect(() => {
    void loadDistricts();
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
    void [onDay, reloads];
    const timer = setTimeout(() => loadFigures(districtId, asOf), asOf ? restMs : 0);
    return () => clearTimeout(timer);
  });
  for (const layer of pointLayers)
    $effect(() => {
      const { districtId, asOf, caseFrom, onDay, reloads, layers } = centre;
      if (!districtId || !layers.includes(layer)) return;
      void reloads;
      const window = layer === 'cases' ? { from: caseFrom, to: onDay } : {};
      const timer = setTimeout(() => loadPoints(layer, districtId, { asOf, ...window }), asOf ? restMs : 0);
      return () => clearTimeout(timer);
    });
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
  if (!known.some((d) => d.district === centre.districtId))
    centre.districtId = (known.find((d) => d.clock === 'live' && !d.exercise) ?? known[0])?.district;
}

/** Everything anew: after the stream could not bring us up to date. */
export function reload() {
  const through = centre.line.world.throughSequence;
  centre.reloads += 1;
  centre.line.settle(through);
  if (centre.districtId) void loadFeeds(centre.districtId);
}

function openDistrict(district: string) {
  for (const level of levels) {
    centre.areas[level].clear();
    for (const service of services) centre.figures[service][level].clear();
  }
  for (const layer of pointLayers) centre.points[layer].clear();
  centre.feeds.clear();
  centre.line.connect(district, reload);
  void loadAreas(district);
  void loadFeeds(district);
}

export async function loadAreas(district: string) {
  const loads = levels.map((level) =>
    centre.areas[level].load((signal) => fetchJson<AreaCollection>('/api/geography/areas', { query: { district, level }, signal })),
  );
  await loads[1];
  centre.areasOf = district;
  await Promise.all(loads);
}

export const loadFeeds = (district: string) =>
  centre.feeds.load((signal) => fetchJson<FeedRow[]>('/api/epidemic/feeds', { query: { district }, signal }));

export async function loadFigures(district: string, asOf: string | undefined) {
  const through = centre.line.world.throughSequence;
  const loads = services.flatMap((service) =>
    levels.map((level) =>
      centre.figures[service][level].load((signal) => fetchJson<FiguresAnswer>(`/api/${service}/figures`, { query: { district, level, asOf }, signal })),
    ),
  );
  const done = await Promise.all(loads);
  if (done.every(Boolean) && !asOf) centre.line.settleFigures(through);
}

export const loadPoints = (layer: (typeof pointLayers)[number], district: string, query: Record<string, string | undefined>) =>
  centre.points[layer].load(async (signal) =>
    pointSet(await fetchBytes(address(`/api/${serviceOf[layer]}/points`, { district, ...query }), { signal })),
  );

/** An exercise's clock and buttons: asked when it is opened, when the line comes back, and now and then, as others may press the buttons too. */
function followExercise() {
  if (!centre.district?.exercise) return;
  void centre.line.state?.resumptions;
  untrack(() => void centre.exercise.refresh());
  const timer = setInterval(() => centre.exercise.refresh(), 10_000);
  return () => clearInterval(timer);
}
