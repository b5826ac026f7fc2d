import type { PointCells } from '@vungxanh/services/contracts/http/point-cells.ts';
import type { Figure } from '@vungxanh/services/contracts/http.ts';
import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import { createContext } from 'svelte';
import { Account } from './account.svelte.ts';
import { type Address, defaultLayers, formatAddress, parseAddress, type Screen, type Theme } from './address.ts';
import type {
  AreaCollection,
  AreaLevel,
  AreaProperties,
  District,
  FeedRow,
  FiguresAnswer,
  FormulaText,
} from './api/answers.ts';
import { Resource } from './api/resource.svelte.ts';
import { type PointLayer, pointLayers, services } from './faces.ts';
import { addDays, dayIn, districtNow, endOfDay } from './feed/clock.ts';
import type { Phase } from './feed/connection.ts';
import { Exercise } from './feed/exercise.svelte.ts';
import { figureBook, figureNow, momentOfAnswer } from './feed/figure-book.ts';
import { dayOf } from './feed/item-status.ts';
import { Line } from './feed/line.svelte.ts';
import { Outlook } from './feed/outlook.svelte.ts';
import type { PointSet } from './feed/points.ts';
import type { Language, Words } from './i18n/language.svelte.ts';
import { placeName } from './i18n/place-name.ts';
import type { Outbox } from './local/outbox.svelte.ts';
import { type ScaleKind, scaleOf } from './map/scale.ts';
import { drawers } from './shell/screens.ts';
import type { ThingRef } from './things/thing-ref.ts';

const levels = ['district', 'ward', 'neighbourhood'] as const satisfies AreaLevel[];
const each = <Key extends string, Value>(keys: readonly Key[], make: (key: Key) => Value) =>
  Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;

/** What is open in front of the map: the rows behind a figure. */
export interface OpenList {
  areaId: string;
  formula: string;
  /** Left out: the name of the figure. */
  title?: string;
  address: string;
  count: number | null;
}

/** Everything that the screens look at: what people chose, what was loaded, and what the stream tells. */
export class Centre {
  readonly words: Words;

  // What people chose; kept in the address.
  districtId = $state<string | undefined>();
  screen = $state<Screen>('map');
  /** The screen over which a drawer lies, and to which its end leads. */
  behind = $state<Screen>('map');
  areaId = $state<string | undefined>();
  /** The end of this day is looked at; undefined: now. */
  day = $state<string | undefined>();
  layers = $state.raw<PointLayer[]>(defaultLayers);
  theme = $state<Theme>('dark');
  /** The moment beside which the epidemiologist lays another: the end of this day; undefined: none. */
  besideDay = $state<string | undefined>();
  caseWindowDays = $state(14);
  openList = $state.raw<OpenList | undefined>();
  /** What is open beside the map, or as a page in its place. */
  thing = $state.raw<ThingRef | undefined>();
  thingIsPage = $state(false);
  /** Where it stands, [lon, lat]: marked on the map. */
  thingAt = $state.raw<[number, number] | undefined>();
  /** The search is open. */
  searching = $state(false);
  /** The map was asked to go there. */
  goRequests = $state(0);
  /** The list from which it was opened. */
  listBefore = $state.raw<OpenList | undefined>();
  /** How the numbers that the map is coloured by become colours. */
  scaleKind = $state<ScaleKind>('classes');
  fitRequests = $state(0);
  /** Somebody is choosing a place on the map for a form. */
  picking = $state(false);
  place = $state.raw<[number, number] | undefined>();
  /** Scenarios that a shared link brought, until the screen has taken them over; and the run that is open there. */
  composition = $state<string | undefined>();
  runId = $state<string | undefined>();

  // What was loaded.
  districts = new Resource<District[]>();
  areas = new Resource<AreaCollection>();
  /** District whose areas are loaded. */
  areasOf = $state<string | undefined>();
  figures = each(services, () => new Resource<FiguresAnswer>());
  formulas = new Resource<FormulaText[]>();
  points = each(pointLayers, () => new Resource<PointSet>());
  /** Counts by cell in the place of points, where the map shows so much that points would lie on each other. */
  cells = each(pointLayers, () => new Resource<PointCells>());
  /** Zoom of the cells that the map shows; undefined: it shows points. */
  cellZoom = $state<number | undefined>();
  /** What the stream had told that is in the cells of a layer: later items are drawn beside them. */
  cellsThrough = $state<Record<PointLayer, number>>({});
  /** What the stream had told when they were asked for last. */
  cellsAsked: Record<PointLayer, number> = {};
  feeds = new Resource<FeedRow[]>();
  account = new Account();
  /** What was given without a network; undefined: its code has not come yet. */
  outbox = $state.raw<Outbox | undefined>();
  exercise = new Exercise();
  line = new Line();
  outlook = new Outlook(() => (this.live ? this.line.world : undefined));
  figuresLoads = $state(0);
  /** What the loaded figures were asked for. */
  figuresFor = $state.raw<{ district: string; asOf: string | undefined } | undefined>();
  /** A measure is to be composed for this ward. */
  composeFor = $state<string | undefined>();
  /** Counts the times when everything has to be loaded again. */
  reloads = $state(0);
  wallMs = $state(Date.now());

  readonly district = $derived(this.districts.data?.find((d) => d.district === this.districtId));
  readonly timeZone = $derived(this.district?.timeZone ?? 'Asia/Ho_Chi_Minh');
  readonly live = $derived(this.day === undefined);
  /** Whether what is new reaches this screen: the line to the edge, and the journal behind it. */
  readonly heardState = $derived.by((): Phase | 'journalSilent' => {
    const { state } = this.line;
    if (state?.phase === 'open' && state.journalSilentSince !== null) return 'journalSilent';
    return state?.phase ?? 'connecting';
  });
  readonly lastRecordedMs = $derived(
    Math.max(
      0,
      ...(this.feeds.data ?? []).map((row) => Date.parse(row.lastRecordedAt ?? '') || 0),
      ...Object.values(this.line.world.feeds).map((feed) => Date.parse(feed.lastRecordedAt)),
    ),
  );
  readonly nowMs = $derived.by(() =>
    districtNow(
      this.district,
      this.wallMs,
      this.exercise.told,
      this.lastRecordedMs || undefined,
      this.live && this.figuresAsOf ? Date.parse(this.figuresAsOf) : 0,
    ),
  );
  readonly today = $derived(dayIn(this.timeZone, this.nowMs));
  readonly onDay = $derived(this.day ?? this.today);
  /** For every read; undefined: now. */
  readonly asOf = $derived(
    this.day === undefined ? undefined : new Date(endOfDay(this.day, this.timeZone)).toISOString(),
  );

  /** Another moment was chosen than the one that is still shown. */
  readonly pending = $derived(this.figuresFor?.district === this.districtId && this.figuresFor?.asOf !== this.asOf);

  constructor(words: Words) {
    this.words = words;
  }

  /** The areas of each level, for the map. */
  readonly areasAt = each(levels, (level) => {
    const collection = $derived.by(() => {
      const { data } = this.areas;
      return (
        data && {
          ...data,
          features: data.features.filter((feature) => feature.properties.level === level && feature.geometry),
        }
      );
    });
    return () => collection;
  });
  /** Areas of which no outline is known: they have figures, and are on no map. */
  readonly areasWithoutOutline: ReadonlySet<string> = $derived(
    new Set(
      (this.areas.data?.features ?? []).filter(({ geometry }) => !geometry).map(({ properties }) => properties.areaId),
    ),
  );
  readonly areaById: ReadonlyMap<string, AreaProperties> = $derived(
    new Map((this.areas.data?.features ?? []).map(({ properties }) => [properties.areaId, properties])),
  );
  readonly rootId = $derived(
    [...this.areaById.values()].find((area) => area.level === 'district' && !area.parentId)?.areaId ??
      [...this.areaById.values()].find((area) => area.parentId)?.parentId ??
      undefined,
  );
  readonly wards = $derived([...this.areaById.values()].filter((area) => area.level === 'ward'));
  readonly #book = $derived(
    figureBook(
      services.map((service) => this.figures[service]!.data),
      this.rootId,
    ),
  );
  /** The loaded areas are not those of the day that is looked at: a border changed between, or a figure names an area that is not among them. */
  readonly areasAreOthers = $derived.by(() => {
    if (!this.areas.data || this.areasOf !== this.districtId) return false;
    const areas = [...this.areaById.values()];
    const isOfDay = areas.every(
      ({ validFrom, validUntil }) => (validFrom ?? '') <= this.onDay && this.onDay < (validUntil ?? '9999-12-31'),
    );
    return !isOfDay || [...this.#book.keys()].some((areaId) => !this.areaById.has(areaId));
  });
  readonly #told = $derived(this.live ? this.line.world.figures : undefined);
  /** The moment that the loaded figures of the epidemic are of. RFC 3339. */
  readonly loadedAsOf = $derived(momentOfAnswer(this.figures.epidemic!.data));
  /** The moment on the district's clock that the figures of the epidemic are of: colours, labels, list and card read the same figures. RFC 3339. */
  readonly figuresAsOf = $derived.by(() => {
    const told = [...(this.#told?.values() ?? [])].flatMap((figures) => Object.values(figures).map(({ asOf }) => asOf));
    const newest = Math.max(...[this.loadedAsOf, ...told].map((moment) => (moment ? Date.parse(moment) : 0)));
    return newest > 0 ? new Date(newest).toISOString() : undefined;
  });
  readonly figuresVersion = $derived(
    [
      this.districtId,
      this.asOf,
      this.live ? this.line.figureBatches : '',
      this.figures.epidemic!.data?.asOf,
      this.figuresLoads,
    ].join(' '),
  );
  /** Changes whenever the number that colours an area may have. */
  readonly colourVersion = $derived(
    this.scaleKind +
      (this.outlook.colouring === 'cases' ? this.figuresVersion : `${this.districtId} ${this.outlook.version}`),
  );
  readonly selected = $derived(this.areaId ? this.areaById.get(this.areaId) : undefined);

  figure = (areaId: string, formula: string): Figure | undefined =>
    figureNow(this.#book, this.#told, areaId, formula, this.loadedAsOf);
  figuresOf = (areaId: string): string[] => [
    ...new Set([...Object.keys(this.#book.get(areaId) ?? {}), ...Object.keys(this.#told?.get(areaId) ?? {})]),
  ];
  /** The number that colours an area: map, list, card and legend have it from here. */
  colouredBy = (areaId: string): number | null | undefined => {
    const { colouring } = this.outlook;
    return colouring === 'cases' ? this.rateOf(areaId) : this.outlook.numberOf(areaId, colouring);
  };
  /** The numbers of the areas that the map shows. */
  readonly colouredValues = $derived.by(() =>
    (this.areasAt[this.outlook.mapLevel]()?.features ?? []).map(({ properties }) => this.colouredBy(properties.areaId)),
  );
  readonly scale = $derived(scaleOf(this.scaleKind, this.outlook.colouring, this.colouredValues));
  rateOf = (areaId: string): number | null | undefined => this.figure(areaId, 'incidence-7d')?.value;
  /** What the stream told of a layer, within the window that is drawn. */
  hotOf = (layer: PointLayer): LiveItem[] =>
    [...this.line.world.hot.values()].filter(
      (item) => item.layer === layer && (layer !== 'cases' || dayOf(item) >= this.caseFrom),
    );
  /** Sequence of the newest item of a layer that the stream told; 0: none. */
  newestOf = (layer: PointLayer): number =>
    this.hotOf(layer).reduce((newest, { sequence }) => Math.max(newest, sequence), 0);
  explanationOf = (figure: Figure): string | undefined =>
    this.formulas.data?.find((formula) => formula.id === figure.formula)?.explanation[this.words.language] ??
    figure.explanation;
  nameOf = (areaId: string | undefined): string => {
    const area = areaId === undefined ? undefined : this.areaById.get(areaId);
    return area ? placeName(area, this.words.language) : (areaId ?? '');
  };
  /** A tổ dân phố has a number for a name: said with its ward, unless its name says it. */
  nameWithParent = (areaId: string): string => {
    const area = this.areaById.get(areaId);
    const name = this.nameOf(areaId);
    const ward = area?.level === 'neighbourhood' ? area.parentId : undefined;
    return !ward || name.includes(',') ? name : `${name}, ${this.nameOf(ward)}`;
  };
  childrenOf = (areaId: string): AreaProperties[] =>
    [...this.areaById.values()].filter((area) => area.parentId === areaId);
  districtName = (district: District): string => placeName(district, this.words.language);
  /** First day of the window in which cases are drawn. */
  readonly caseFrom = $derived(addDays(this.onDay, 1 - this.caseWindowDays));

  readAddress(hash: string) {
    const given = parseAddress(hash);
    this.districtId = given.district ?? this.districtId;
    this.#show(given.screen);
    this.areaId = given.areaId;
    this.day = given.day;
    this.besideDay = given.besideDay;
    if (given.thing?.id !== this.thing?.id || given.thing?.noun !== this.thing?.noun) {
      this.thing = given.thing;
      this.thingAt = undefined;
      this.listBefore = undefined;
    }
    this.thingIsPage = given.page ?? false;
    this.layers = given.layers;
    this.outlook.colouring = given.colouring;
    this.scaleKind = given.scale ?? 'classes';
    this.outlook.showsClusters = given.clusters;
    this.outlook.modelId = given.modelId;
    this.composition = given.composition ?? this.composition;
    this.runId = given.runId;
    this.account.refused = given.refused;
    if (given.welcome) {
      this.account.code = given.welcome.code;
      this.account.first = given.welcome.first;
    }
    this.chooseTheme(
      given.theme ??
        (localStorage.getItem('vungxanh.theme') as Theme | null) ??
        (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'),
    );
    this.words.restore(given.language);
  }

  address(change: Partial<Address> = {}): string {
    const { districtId: district, screen, areaId, day, layers } = this;
    return formatAddress({
      district,
      screen,
      areaId,
      thing: this.thing,
      page: this.thingIsPage,
      day,
      besideDay: screen === 'epidemic' ? this.besideDay : undefined,
      layers,
      colouring: this.outlook.colouring,
      scale: this.scaleKind,
      clusters: this.outlook.showsClusters,
      modelId: screen === 'models' ? this.outlook.modelId : undefined,
      composition: this.composition,
      runId: screen === 'scenarios' ? this.runId : undefined,
      language: this.words.language,
      theme: this.theme,
      ...change,
    });
  }

  chooseDistrict(district: string) {
    if (district === this.districtId) return;
    this.districtId = district;
    this.areaId = undefined;
    this.day = undefined;
    this.openList = undefined;
    this.closeThing();
  }

  chooseTheme(theme: Theme) {
    this.theme = theme === 'light' ? 'light' : 'dark';
    document.documentElement.dataset.theme = this.theme;
    localStorage.setItem('vungxanh.theme', this.theme);
  }

  chooseLanguage = (language: Language) => this.words.choose(language);

  /** Another screen; a drawer leaves the one beneath where it is. What lies open beside is closed. */
  go(screen: Screen) {
    this.closeThing();
    this.openList = undefined;
    this.#show(screen);
  }
  /** Ends a drawer. */
  closeDrawer() {
    this.screen = this.behind;
  }
  #show(screen: Screen) {
    if (!drawers.includes(this.screen)) this.behind = this.screen;
    this.screen = screen;
    if (!drawers.includes(screen)) this.behind = screen;
    // A place for a form is chosen on the map; nothing lies over a wall.
    else if (screen === 'entry' || this.behind === 'wall') this.behind = 'map';
  }
  /** Whether the reader's role has to do with a screen. */
  sees = (screen: Screen): boolean => this.account.sees(screen, this.districtId);
  may = (action: string, areaId: string): boolean => this.account.may(action, this.districtId, areaId);

  select(areaId: string | undefined) {
    this.areaId = areaId;
    this.outlook.cluster = undefined;
  }

  /** Opens the page of something beside the map. `from`: the list in which it stood. */
  openThing(thing: ThingRef, from?: OpenList) {
    this.thingAt = undefined;
    this.listBefore = from;
    this.openList = undefined;
    // A drawer would lie where the page opens.
    if (drawers.includes(this.screen)) this.closeDrawer();
    this.thing = thing;
  }

  closeThing() {
    this.thing = undefined;
    this.thingIsPage = false;
    this.thingAt = undefined;
    this.listBefore = undefined;
  }

  toggle(layer: PointLayer) {
    this.layers = this.layers.includes(layer)
      ? this.layers.filter((other) => other !== layer)
      : [...this.layers, layer];
  }

  picked(place: [number, number]) {
    this.place = place;
    this.picking = false;
  }
}

/** The centre that a component shows. */
export const [getCentre, setCentre] = createContext<Centre>();
