import type { LevelsAnswer } from '@vungxanh/services/contracts/http/levels.ts';
import type { PointCells } from '@vungxanh/services/contracts/http/point-cells.ts';
import type { AreaCollection, District, FeedRow, FiguresAnswer } from './api/answers.ts';
import { address, fetchBytes, fetchJson } from './api/http.ts';
import type { ClustersAnswer, RiskAnswer } from './api/outlook-answers.ts';
import type { Centre } from './centre.svelte.ts';
import { type PointLayer, serviceOf, services } from './faces.ts';
import type { RiskLevel } from './feed/outlook.svelte.ts';
import { pointSet } from './feed/points.ts';

/** The districts that there are; one of them is chosen when none is, or when the chosen one is gone. */
export async function loadDistricts(centre: Centre) {
  if (!(await centre.districts.load((signal) => fetchJson<District[]>('/api/districts', { signal })))) return;
  const known = centre.districts.data ?? [];
  if (!known.some((d) => d.district === centre.districtId)) centre.districtId = await firstToShow(known);
}

/** The real district; while nothing was ever reported in it, a running exercise says more than an empty map. */
async function firstToShow(known: District[]): Promise<string | undefined> {
  const real = known.find((d) => d.clock === 'live' && !d.exercise) ?? known[0];
  const exercise = known.find((d) => d.exercise);
  if (!real || !exercise) return real?.district;
  const feeds = await fetchJson<FeedRow[]>('/api/feeds', { query: { district: real.district } }).catch(() => undefined);
  return feeds?.length === 0 ? exercise.district : real.district;
}

/** The areas of the day that is looked at, as known then. A moment at which none was known leaves those that are there. */
export async function loadAreas(centre: Centre, district: string) {
  const { asOf, onDay } = centre;
  const before = centre.areasOf === district ? centre.areas.data : undefined;
  const loaded = await centre.areas.load(async (signal) => {
    const areas = await fetchJson<AreaCollection>('/api/geography/areas', { query: { district, onDay, asOf }, signal });
    return areas.features.length === 0 && before ? before : areas;
  });
  if (loaded) centre.areasOf = district;
}

/** Official levels of the areas of a kind, as computed. */
export const loadLevels = (
  centre: Centre,
  level: 'ward' | 'neighbourhood',
  district: string,
  asOf: string | undefined,
) =>
  centre.outlook.levels[level].load((signal) =>
    fetchJson<LevelsAnswer>('/api/levels', { query: { district, asOf, level }, signal }),
  );

export const loadFeeds = (centre: Centre, district: string) =>
  centre.feeds.load((signal) => fetchJson<FeedRow[]>('/api/feeds', { query: { district }, signal }));

export async function loadFigures(centre: Centre, district: string, asOf: string | undefined) {
  const through = centre.line.world.throughSequence;
  const query = { district, asOf, language: centre.words.language };
  const loads = services.map((service) =>
    centre.figures[service]!.load((signal) => fetchJson<FiguresAnswer>(`/api/${service}/figures`, { query, signal })),
  );
  const done = await Promise.all(loads);
  centre.figuresLoads += 1;
  // What failed is said where its numbers would stand: it is waited for no longer.
  if (centre.districtId === district && centre.asOf === asOf) centre.figuresFor = { district, asOf };
  if (done.every(Boolean) && !asOf) centre.line.settleFigures(through, centre.loadedAsOf);
}

export const loadPoints = async (
  centre: Centre,
  layer: PointLayer,
  district: string,
  query: Record<string, string | undefined>,
) => {
  const path = `/api/${serviceOf(layer)}/points`;
  if (query.cellZoom === undefined)
    return centre.points[layer]!.load(async (signal) =>
      pointSet(await fetchBytes(address(path, { district, ...query }), { signal })),
    );
  // The stream runs ahead of the rows: an item is in the cells for certain only when they are counted once more, after it was asked for.
  const through = centre.cellsAsked[layer] ?? 0;
  centre.cellsAsked[layer] = centre.line.world.throughSequence;
  const done = await centre.cells[layer]!.load((signal) =>
    fetchJson<PointCells>(path, { query: { district, ...query }, signal }),
  );
  if (done) centre.cellsThrough[layer] = through;
  return done;
};

/** What the points of a layer, or its cells, are asked for. */
export const pointQuery = (centre: Centre, layer: PointLayer) => ({
  asOf: centre.asOf,
  ...(centre.cellZoom === undefined ? { clock: 'true' } : { cellZoom: String(centre.cellZoom) }),
  ...(layer === 'cases' ? { from: centre.caseFrom, to: centre.onDay } : {}),
});

export async function loadRisk(centre: Centre, level: RiskLevel, district: string, asOf: string | undefined) {
  const through = centre.line.world.throughSequence;
  const done = await centre.outlook.risk[level].load((signal) =>
    fetchJson<RiskAnswer>('/api/risk', { query: { district, level, asOf }, signal }),
  );
  if (done && level === 'ward') centre.outlook.wardsThrough = through;
}

export const loadClusters = (centre: Centre, district: string, asOf: string | undefined) =>
  centre.outlook.clusters.load((signal) =>
    fetchJson<ClustersAnswer>('/api/clusters', { query: { district, asOf }, signal }),
  );
