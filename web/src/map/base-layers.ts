import type { Layer } from '@deck.gl/core';
import { GeoJsonLayer, IconLayer, PathLayer, TextLayer } from '@deck.gl/layers';
import type { Feature, Point, Position } from 'geojson';
import type { Theme } from '../address.ts';
import type { AreaCollection } from '../api/answers.ts';
import { type Colour, colours, drawn, fontFamily } from './base-colours.ts';
import { type BaseFeature, type BaseName, placeFrom } from './base-names.ts';
import { type HatchLine, hatchLines } from './hatch.ts';
import type { IconAtlas } from './icon-atlas.ts';
import { placeIcon } from './place-icons.ts';

/** Glyphs as distances, so that they have a halo and stay sharp at any size. */
export const glyphs = { sdf: true, fontSize: 64, buffer: 12, radius: 24 };
/** Of the halo, in pixels of the glyphs above: about two of the screen. */
export const haloWidth = 10;

/** Widths of streets in pixels: three ranks, which differ at every zoom. */
const roadRanks = [
  { classes: ['tertiary'], at11: 0.6, at16: 5 },
  { classes: ['secondary'], at11: 1, at16: 8 },
  { classes: ['trunk', 'primary'], at11: 1.9, at16: 13 },
] as const;

/** Grows with the zoom as things do, from one width to another. */
const grown = (zoom: number, at11: number, at16: number) => {
  const share = (1.5 ** (zoom - 11) - 1) / (1.5 ** 5 - 1);
  return Math.max(at11 * 0.7, at11 + (at16 - at11) * share);
};

const isKind = (kind: string) => (one: BaseFeature) => one.properties.kind === kind;
type Line = BaseFeature & { geometry: { type: 'LineString'; coordinates: Position[] } };
const isLine = (one: BaseFeature): one is Line => one.geometry.type === 'LineString';
const pathOf = ({ geometry }: Line) => geometry.coordinates as [number, number][];

/** Below the areas: rivers, as wide as they are. */
export function waterLayers(features: readonly BaseFeature[], theme: Theme): Layer[] {
  const colour = drawn(colours[theme].water);
  const water = features.filter((one) => isKind('waterway')(one) || isKind('surrounding')(one));
  return [
    new GeoJsonLayer({
      id: 'water',
      data: { type: 'FeatureCollection' as const, features: water.filter((one) => one.geometry.type === 'Polygon') },
      stroked: false,
      filled: true,
      getFillColor: colour,
    }),
    new PathLayer<Line>({
      id: 'canals',
      data: water.filter(isLine),
      getPath: pathOf,
      getWidth: ({ properties }) => properties.widthMetres ?? 20,
      widthUnits: 'meters',
      widthMinPixels: 1.4,
      capRounded: true,
      jointRounded: true,
      getColor: colour,
    }),
  ];
}

/** Above the areas: canals show through their colour, streets lie on it. `zoom`: in steps, so that a move of the hand computes nothing. */
export function streetLayers(features: readonly BaseFeature[], theme: Theme, zoom: number): Layer[] {
  const { road, casing, water } = colours[theme];
  const roads = features.filter(isKind('road')).filter(isLine);
  const ranks = roadRanks.map(({ classes, at11, at16 }) => ({
    width: grown(zoom, at11, at16),
    roads: roads.filter(({ properties }) => (classes as readonly string[]).includes(properties.class)),
    name: classes[0],
  }));
  const common = {
    getPath: pathOf,
    widthUnits: 'pixels' as const,
    getWidth: 1,
    capRounded: true,
    jointRounded: true,
  };
  return [
    new PathLayer<Line>({
      ...common,
      id: 'canals-in-areas',
      data: features.filter(isKind('waterway')).filter(isLine),
      getWidth: ({ properties }) => properties.widthMetres ?? 20,
      widthUnits: 'meters',
      widthMinPixels: 1.2,
      getColor: drawn(water, 170),
    }),
    ...ranks.map(
      ({ name, roads, width }) =>
        new PathLayer<Line>({
          ...common,
          id: `road-casing-${name}`,
          data: roads,
          widthScale: width + Math.min(2, 0.8 + width * 0.15),
          getColor: drawn(casing, 150),
        }),
    ),
    ...ranks.map(
      ({ name, roads, width }) =>
        new PathLayer<Line>({
          ...common,
          id: `road-${name}`,
          data: roads,
          widthScale: width,
          getColor: drawn(road, 215),
        }),
    ),
  ];
}

/** Borders of a level, above what areas are coloured by. `shown`: its place in the order of levels decides how it looks. */
export function borderLayer(
  areas: AreaCollection,
  level: 'district' | 'ward' | 'neighbourhood',
  theme: Theme,
  zoom: number,
): Layer {
  const looks = {
    neighbourhood: { width: 0.7, alpha: 60 },
    ward: { width: grown(zoom, 0.9, 2.4), alpha: 150 },
    district: { width: grown(zoom, 2, 3.6), alpha: 215 },
  }[level];
  return new GeoJsonLayer({
    id: `borders-${level}`,
    data: areas,
    stroked: true,
    filled: false,
    lineWidthUnits: 'pixels',
    getLineWidth: 1,
    lineWidthScale: looks.width,
    lineJointRounded: true,
    getLineColor: drawn(colours[theme].text, looks.alpha),
  } as ConstructorParameters<typeof GeoJsonLayer>[0]);
}

const hatchInk: Record<Theme, Colour> = { light: [92, 100, 112, 255], dark: [150, 162, 176, 255] };
/** Pixels from line to line, along the longitude. */
const hatchStep = 9;

/** Diagonal lines over areas of which nothing is said. */
export function hatchLayer(areas: AreaCollection['features'], theme: Theme, zoom: number): Layer {
  const stepDegrees = (hatchStep * 360) / (512 * 2 ** Math.floor(zoom));
  return new PathLayer<HatchLine>({
    id: 'withheld',
    data: areas.flatMap(({ geometry }) => (geometry ? hatchLines(geometry, stepDegrees) : [])),
    getPath: (line: HatchLine) => line,
    widthUnits: 'pixels',
    getWidth: 1.6,
    getColor: hatchInk[theme],
  });
}

/** Symbols of facilities, the same that the legend has. */
export function placeLayer(features: readonly BaseFeature[], theme: Theme, zoom: number, atlas: IconAtlas): Layer[] {
  if (zoom < placeFrom) return [];
  const { facility, halo } = colours[theme];
  const common = {
    data: features.filter(isKind('place')),
    ...atlas.given,
    iconMapping: atlas.places,
    getPosition: ({ geometry }: BaseFeature) => (geometry as Point).coordinates as [number, number],
  };
  const size = grown(zoom, 13, 24);
  return [
    new IconLayer<BaseFeature>({
      ...common,
      id: 'places-ground',
      getIcon: () => 'ground',
      getSize: size + 5,
      getColor: drawn(halo, 235),
    }),
    new IconLayer<BaseFeature>({
      ...common,
      id: 'places',
      getIcon: ({ properties }: BaseFeature) => placeIcon(properties.class),
      getSize: size,
      getColor: drawn(facility),
    }),
  ];
}

const text = {
  fontFamily: `"${fontFamily}", sans-serif`,
  fontWeight: 500,
  fontSettings: glyphs,
  characterSet: 'auto' as const,
  outlineWidth: haloWidth,
};

/** Names of the base map, with a casing. */
export const baseNameLayer = (names: BaseName[], theme: Theme): Layer =>
  new TextLayer<BaseName>({
    ...text,
    id: 'base-names',
    data: names,
    getText: (name: BaseName) => name.text,
    getPosition: (name: BaseName) => name.at,
    getSize: (name: BaseName) => name.size,
    getAngle: (name: BaseName) => name.turnedDegrees,
    getPixelOffset: (name: BaseName) => [0, name.below],
    getColor: (name: BaseName) => drawn(colours[theme][name.colour]),
    outlineColor: drawn(colours[theme].halo),
    updateTriggers: { getColor: theme },
  });

/** Names of areas, each above the number that `numberLayer` writes. */
export const areaNameLayer = (labels: Feature<Point>[], theme: Theme): Layer =>
  new TextLayer<Feature<Point>>({
    ...text,
    id: 'area-names',
    data: labels,
    getText: ({ properties }: Feature<Point>) => properties!.label as string,
    getPosition: ({ geometry }: Feature<Point>) => geometry.coordinates as [number, number],
    getSize: ({ properties }: Feature<Point>) => properties!.textSize as number,
    getAlignmentBaseline: 'bottom',
    getColor: drawn(colours[theme].text),
    outlineColor: drawn(colours[theme].halo),
    updateTriggers: { getColor: theme },
  });
