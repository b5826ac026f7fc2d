import { type PointLayer, pointLayers, pointsOf } from './faces.ts';
import { type Colouring, colourings } from './feed/issued-risk.ts';
import { type ScaleKind, scaleKinds } from './map/scale.ts';
import { readRef, type ThingRef, writtenRef } from './things/thing-ref.ts';

/** Screens, by the name that their address has: `map` is Operations, whose address needs none. */
export const screens = [
  'map',
  'epidemic',
  'order',
  'hotline',
  'reports',
  'economy',
  'scenarios',
  'leader',
  'data',
  'wall',
  'entry',
  'import',
  'models',
  'account',
] as const;
export type Screen = (typeof screens)[number];
/** As the services say it when the browser comes back. */
export const providerRefusals = ['provider', 'provider-away', 'provider-cancelled', 'provider-no-account'] as const;
export type ProviderRefusal = (typeof providerRefusals)[number];
export type Theme = 'dark' | 'light';

/** What a shared link brings back. Kept in the hash, so that the server needs to know nothing of it. */
export interface Address {
  district?: string;
  screen: Screen;
  areaId?: string;
  /** What is open beside the map or, `page`, in its place. */
  thing?: ThingRef | undefined;
  page?: boolean;
  /** End of this day is looked at; left out: now. */
  day?: string;
  /** The end of this day is laid beside it; left out: none. */
  besideDay?: string | undefined;
  layers: PointLayer[];
  /** What the areas are coloured by. */
  colouring: Colouring;
  /** How numbers become colours; left out: by the classes of the policy. */
  scale?: ScaleKind;
  /** Clusters are outlined. */
  clusters: boolean;
  /** The model whose card is open. */
  modelId?: string;
  /** Scenarios as somebody composed them, packed; and the run whose result is open. */
  composition?: string;
  runId?: string;
  /** A one-time code of a link, and what it is for; never kept in the address. */
  welcome?: { code: string; first: boolean };
  /** Why the identity provider signed nobody in; never kept in the address. */
  refused?: ProviderRefusal;
  language?: 'vi' | 'en';
  theme?: Theme;
}

export const defaultLayers: PointLayer[] = pointLayers.filter((layer) => pointsOf(layer).shownAtFirst);
const ordered = (layers: readonly PointLayer[]) => pointLayers.filter((layer) => layers.includes(layer)).join(',');

/** Unknown or damaged parts of a hash are left out, never an error: links are typed and cut by people. */
export function parseAddress(hash: string): Address {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  const text = (key: string, pattern: RegExp) => {
    const value = values.get(key);
    return value && pattern.test(value) ? value : undefined;
  };
  const screen = values.get('screen') ?? 'map';
  const layers = values.get('layers');
  const colouring = colourings.find((one) => one === values.get('colour'));
  const scale = scaleKinds.find((one) => one === values.get('scale'));
  const thing = readRef(values.get('thing') ?? '');
  const refused = providerRefusals.find((one) => one === values.get('refused'));
  const code = text('code', /^[A-Za-z0-9_-]{20,200}$/);
  const dayOf = (key: string) => {
    const day = text(key, /^\d{4}-\d{2}-\d{2}$/);
    return day && !Number.isNaN(Date.parse(day)) ? day : undefined;
  };
  const besideDay = dayOf('beside');
  return {
    district: text('district', /^[a-z0-9-]{1,32}$/),
    screen: screens.find((one) => one === screen) ?? 'map',
    areaId: text('area', /^[A-Za-z0-9_-]{1,80}$/),
    ...(thing ? { thing, page: values.get('view') === 'page' } : {}),
    day: dayOf('day'),
    ...(besideDay ? { besideDay } : {}),
    layers: layers === null ? defaultLayers : pointLayers.filter((layer) => layers.split(',').includes(layer)),
    colouring: colouring ?? 'cases',
    ...(scale ? { scale } : {}),
    clusters: values.get('clusters') === 'on',
    modelId: text('model', /^[A-Za-z0-9._-]{1,120}$/),
    composition: text('compose', /^[A-Za-z0-9_-]{1,8000}$/),
    runId: text('run', /^[A-Za-z0-9._-]{1,120}$/),
    ...(refused ? { refused } : {}),
    ...(code ? { welcome: { code, first: values.get('welcome') === 'first' } } : {}),
    language: text('lang', /^(vi|en)$/) as Address['language'],
    theme: text('theme', /^(dark|light)$/) as Theme | undefined,
  };
}

export function formatAddress(address: Address): string {
  const { district, screen, areaId, day, layers, colouring, clusters, modelId, language, theme } = address;
  const values = new URLSearchParams();
  if (district) values.set('district', district);
  if (screen !== 'map') values.set('screen', screen);
  if (areaId) values.set('area', areaId);
  if (address.thing) values.set('thing', writtenRef(address.thing));
  if (address.thing && address.page) values.set('view', 'page');
  if (day) values.set('day', day);
  if (address.besideDay) values.set('beside', address.besideDay);
  if (ordered(layers) !== ordered(defaultLayers)) values.set('layers', ordered(layers));
  if (colouring !== 'cases') values.set('colour', colouring);
  if (address.scale && address.scale !== 'classes') values.set('scale', address.scale);
  if (clusters) values.set('clusters', 'on');
  if (modelId) values.set('model', modelId);
  if (address.composition) values.set('compose', address.composition);
  if (address.runId) values.set('run', address.runId);
  if (language) values.set('lang', language);
  if (theme) values.set('theme', theme);
  return `#${values}`;
}
