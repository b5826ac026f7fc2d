import { untrack } from 'svelte';
import type { FormulaText } from './api/answers.ts';
import { fetchJson } from './api/http.ts';
import { restMs, whenAtRest } from './at-rest.ts';
import type { Centre } from './centre.svelte.ts';
import { type PointLayer, pointLayers, services } from './faces.ts';
import { followOutlook } from './follow-outlook.svelte.ts';
import { loadAreas, loadDistricts, loadFeeds, loadFigures, loadPoints, pointQuery } from './load.ts';

/** Told entities are folded into the loaded rows when there are more. */
const hotLimit = 10_000;
/** Points of which something changed that has no place in the stream are loaded again, at most this often. */
const renewPointsMs = 5000;
/** Areas are loaded again, at most this often, and for one reason at most so many times: geography may be behind whoever named them. */
const renewAreasMs = 1000;
const mostAreaLoads = 5;
/** Districts come and go: an exercise begins, or is thrown away. */
const districtsMs = 60_000;
const drillMs = 5000;

/** Loads what the choices ask for, whenever they change. To be called once, while the app's root component starts. */
export function follow(centre: Centre) {
  $effect(() => {
    void centre.account.load();
    void loadDistricts(centre);
    const timer = setInterval(() => loadDistricts(centre), districtsMs);
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
    untrack(() => openDistrict(centre, districtId));
    return () => centre.line.close();
  });
  $effect(() => followExercise(centre));
  $effect(() => followOutbox(centre));
  $effect(() => {
    const { districtId, asOf, onDay, reloads } = centre;
    if (!districtId) return;
    void [onDay, reloads, centre.words.language];
    return whenAtRest(asOf, () => loadFigures(centre, districtId, asOf));
  });
  for (const layer of pointLayers)
    $effect(() => {
      const { districtId, asOf, reloads, layers } = centre;
      if (!districtId || !layers.includes(layer)) return;
      void reloads;
      const query = pointQuery(centre, layer);
      return whenAtRest(asOf, () => loadPoints(centre, layer, districtId, query));
    });
  for (const layer of pointLayers) followChanges(centre, layer);
  followAreas(centre);
  followOutlook(centre);
  $effect(() => {
    if (centre.line.world.hot.size > hotLimit) untrack(() => reload(centre));
  });
  $effect(() => {
    const hash = centre.address();
    if (!centre.districtId || location.hash === hash) return;
    // Going back leads to what was open before; scrubbing along the time does not fill the history.
    const [opens, shown] = [hash, location.hash].map((one) => new URLSearchParams(one.slice(1)));
    const opensThing = opens!.has('thing') && opens!.get('thing') !== shown!.get('thing');
    const opensScreen = location.hash !== '' && opens!.get('screen') !== shown!.get('screen');
    if (opensThing || opensScreen) history.pushState(null, '', hash);
    else history.replaceState(null, '', hash);
  });
}

/** What waits for a network comes after the page: its code is no part of the entry. */
function followOutbox(centre: Centre) {
  let end = () => {};
  const who = () => centre.account.me.data?.id ?? (centre.account.me.data ? 'visitor' : undefined);
  void import('./local/outbox.svelte.ts').then(({ Outbox }) => {
    centre.outbox = new Outbox(who);
    end = centre.outbox.start();
  });
  return () => end();
}

/** Everything anew: after the stream could not bring us up to date. */
function reload(centre: Centre) {
  const through = centre.line.world.throughSequence;
  centre.reloads += 1;
  centre.line.settle(through);
  if (centre.districtId) void loadFeeds(centre, centre.districtId);
}

function openDistrict(centre: Centre, district: string) {
  for (const service of services) centre.figures[service]!.clear();
  centre.cellsThrough = {};
  centre.cellsAsked = {};
  for (const layer of pointLayers) {
    centre.points[layer]!.clear();
    centre.cells[layer]!.clear();
  }
  centre.areas.clear();
  centre.feeds.clear();
  centre.outlook.clear();
  centre.line.connect(district, {
    onReload: () => reload(centre),
    // A look back keeps its figures: what was known then does not change.
    onFiguresMissed: () => centre.live && void loadFigures(centre, district, undefined),
  });
  void loadAreas(centre, district);
  void loadFeeds(centre, district);
  void centre.formulas.load((signal) => fetchJson<FormulaText[]>('/api/epidemic/formulas', { signal }));
}

/** Borders change: the stream tells of it, the day that is looked at has others, or figures name areas that were not there yet. */
function followAreas(centre: Centre) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let changesLoaded: number | undefined;
  let tries = { of: '', count: 0 };
  $effect(() => {
    const { districtId, onDay, asOf, areasAreOthers } = centre;
    const changes = centre.line.world.unplaced.areas;
    // Read before anything is decided, so that each load is looked at again.
    void [centre.areas.loads, centre.figuresLoads];
    if (!districtId || timer || centre.areasOf !== districtId || !(areasAreOthers || changes !== changesLoaded)) return;
    const question = `${districtId} ${onDay} ${asOf} ${changes} ${centre.figuresLoads}`;
    tries = tries.of === question ? { of: question, count: tries.count + 1 } : { of: question, count: 1 };
    if (tries.count > mostAreaLoads) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        changesLoaded = changes;
        if (centre.districtId === districtId) void loadAreas(centre, districtId);
      },
      asOf ? restMs : renewAreasMs * tries.count,
    );
  });
}

/** The stream says that something changed of which it has no place: the points are loaded again, once for many such changes. */
function followChanges(centre: Centre, layer: PointLayer) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  $effect(() => {
    const { districtId, live, layers, cellZoom } = centre;
    // Cells hold what the stream tells only when they are counted again; a point is drawn from the stream.
    const told = cellZoom === undefined ? 0 : centre.newestOf(layer) - (centre.cellsThrough[layer] ?? 0);
    const changes = centre.line.world.unplaced[layer] || told > 0;
    if (!changes || !districtId || !live || !layers.includes(layer) || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (centre.live && centre.districtId === districtId)
        void loadPoints(centre, layer, districtId, pointQuery(centre, layer));
    }, renewPointsMs);
  });
}

/** An exercise's clock and buttons: asked when it is opened, when the line comes back, and now and then, as others may press the buttons too. */
function followExercise(centre: Centre) {
  if (!centre.district?.exercise) return;
  void centre.line.state?.resumptions;
  untrack(() => void centre.exercise.refresh());
  const timer = setInterval(() => centre.exercise.refresh(), drillMs);
  return () => clearInterval(timer);
}
