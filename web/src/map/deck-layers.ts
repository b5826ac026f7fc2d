import type { Layer, PickingInfo } from '@deck.gl/core';
import { GeoJsonLayer, IconLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { LiveItem } from '@vungxanh/services/contracts/live.ts';
import { bytesPerPoint } from '@vungxanh/services/contracts/point-format.ts';
import type { Feature, Point, Polygon } from 'geojson';
import type { Theme } from '../address.ts';
import type { AreaCollection, AreaProperties } from '../api/answers.ts';
import { type PointLayer, pointsOf } from '../faces.ts';
import { clockOfPoint, kindOfPoint, type PointSet } from '../feed/points.ts';
import { colours, drawn, fontFamily } from './base-colours.ts';
import { glyphs, haloWidth } from './base-layers.ts';
import type { IconAtlas } from './icon-atlas.ts';
import { numberScale } from './labels.ts';
import type { Rgb } from './palette.ts';
import { statusColours } from './point-colours.ts';
import { shapeNumber } from './shapes.ts';

/** Nearly solid, so that the legend's colours are the map's. */
const areaOpacity = 235;

type AreaFeature = Feature<Polygon, AreaProperties>;
type FeaturePoint = Feature<Point>;

export interface AreasDrawn {
  areas: AreaCollection;
  level: 'ward' | 'neighbourhood';
  theme: Theme;
  colourOf: (areaId: string) => Rgb;
  /** Changes whenever a colour does: deck.gl compares it, not the function. */
  colourVersion: string;
  onPick: (areaId: string) => void;
  /** The pointer is over an area, at these pixels of the map; undefined: it left. */
  onHover: (areaId: string | undefined, at: [number, number]) => void;
}

/** Areas coloured by what was chosen. */
export function areaLayers({ areas, level, theme, colourOf, colourVersion, onPick, onHover }: AreasDrawn): Layer[] {
  return [
    new GeoJsonLayer<AreaProperties>({
      id: `areas-${level}`,
      data: areas,
      pickable: true,
      stroked: false,
      filled: true,
      getFillColor: (feature: Feature) =>
        [...colourOf((feature as AreaFeature).properties.areaId), areaOpacity] as [number, number, number, number],
      updateTriggers: { getFillColor: [theme, colourVersion] },
      onClick: (info: PickingInfo) => {
        onPick((info.object as AreaFeature).properties.areaId);
      },
      onHover: (info: PickingInfo) =>
        onHover((info.object as AreaFeature | undefined)?.properties.areaId, [info.x, info.y]),
    } as ConstructorParameters<typeof GeoJsonLayer<AreaProperties>>[0]),
  ];
}

/** The outline of the selected area, in a casing: seen on every class, and on roads. */
export function selectedLayers(areas: AreaCollection, selected: string | undefined, theme: Theme): Layer[] {
  const chosen = areas.features.filter((feature) => feature.properties.areaId === selected);
  const { text, halo } = colours[theme];
  return [
    { id: 'selected-area-casing', width: 6, colour: halo },
    { id: 'selected-area', width: 3, colour: text },
  ].map(
    ({ id, width, colour }) =>
      new GeoJsonLayer<AreaProperties>({
        id,
        data: { type: 'FeatureCollection', features: chosen },
        stroked: true,
        filled: false,
        lineWidthUnits: 'pixels',
        lineJointRounded: true,
        getLineWidth: width,
        getLineColor: drawn(colour),
        updateTriggers: { getLineColor: theme },
      } as ConstructorParameters<typeof GeoJsonLayer<AreaProperties>>[0]),
  );
}

/** What numbers are written with, in both languages. */
const characters = '0123456789.,%–-<> \u00a0\u202f';
/**
 * The number that colours an area, below its name. In the same draw as the colours: a symbol of the base map is placed by a worker, some frames and under load some
 * seconds after its colour. `labels`: points with `value` and `textSize`.
 */
export function numberLayer(labels: FeaturePoint[], theme: Theme): Layer {
  const { text, halo } = colours[theme];
  return new TextLayer<FeaturePoint>({
    id: 'area-numbers',
    data: labels,
    getText: ({ properties }: FeaturePoint) => properties!.value as string,
    getPosition: ({ geometry }: FeaturePoint) => geometry.coordinates as [number, number],
    getSize: ({ properties }: FeaturePoint) => (properties!.textSize as number) * numberScale,
    getColor: drawn(text),
    getAlignmentBaseline: 'top',
    fontFamily: `"${fontFamily}", sans-serif`,
    fontWeight: 500,
    fontSettings: glyphs,
    characterSet: characters,
    outlineWidth: haloWidth,
    outlineColor: drawn(halo),
    updateTriggers: { getColor: theme },
  } as ConstructorParameters<typeof TextLayer<FeaturePoint>>[0]);
}

const styleOf = (layer: PointLayer, theme: Theme) => {
  const { filled, radiusMetres, smallestPixels, largestPixels } = pointsOf(layer).shape;
  return {
    radiusUnits: 'meters' as const,
    getRadius: radiusMetres,
    radiusMinPixels: smallestPixels,
    radiusMaxPixels: largestPixels,
    filled,
    stroked: true,
    lineWidthUnits: 'pixels' as const,
    getLineWidth: filled ? 0.4 : 1.8,
    ...(filled
      ? {
          getLineColor: (theme === 'dark' ? [10, 14, 18, 160] : [255, 255, 255, 200]) as [
            number,
            number,
            number,
            number,
          ],
        }
      : {}),
  };
};

/** From this many on, points are drawn small and thin: where they lie on each other, more of them must look like more. */
const crowd = 8000;

/** Loaded points, as their bytes came: the graphics card takes the buffer with a stride, no object is made of a point. */
export function coldData(layer: PointLayer, points: PointSet, colours: Uint8Array) {
  const positions = { value: new Float32Array(points.bytes), size: 2, stride: bytesPerPoint, offset: 0 };
  const colour = { value: colours, size: 4, type: 'unorm8' as const };
  const { filled } = pointsOf(layer).shape;
  const isShaped = !filled && points.count <= crowd;
  return {
    points,
    isShaped,
    length: points.count,
    attributes: {
      getPosition: positions,
      ...(isShaped ? { getColor: colour } : filled ? { getFillColor: colour } : { getLineColor: colour }),
    },
  };
}

const crowded = { radiusMinPixels: 0.8, radiusMaxPixels: 3, getLineWidth: 0.8, opacity: 0.35 };

/** What happens with a point under the pointer or the finger. Cold points are named by their index, hot ones by their item. */
export interface PointEvents<Point> {
  onPick: (point: Point) => void;
  onHover: (point: Point | undefined, at: [number, number]) => void;
}

/** Name of the symbol of a point: its outline says the kind, filled is what is overdue or due soon. */
const symbolOf = (points: PointSet, index: number) => {
  const clock = clockOfPoint(points, index);
  const shape = shapeNumber(kindOfPoint(points, index));
  return clock === 'late' || clock === 'due' ? `${shape}` : `${shape}-hollow`;
};

/** Pixels across, of a single point that tells its kind. */
const symbolPixels = 17;

function shapedPoints(
  layer: PointLayer,
  data: ReturnType<typeof coldData>,
  atlas: IconAtlas,
  { onPick, onHover }: PointEvents<number>,
): Layer {
  return new IconLayer({
    ...atlas.given,
    id: `${layer}-cold`,
    data,
    iconMapping: atlas.symbols,
    getIcon: (_point: unknown, { index }: { index: number }) => symbolOf(data.points, index),
    getSize: symbolPixels,
    // The inside of an outline is hit too.
    alphaCutoff: -1,
    pickable: true,
    updateTriggers: { getIcon: data },
    onClick: ({ index }: PickingInfo) => {
      onPick(index);
    },
    onHover: ({ picked, index, x, y }: PickingInfo) => {
      onHover(picked ? index : undefined, [x, y]);
      return true;
    },
  } as ConstructorParameters<typeof IconLayer>[0]);
}

/** Draws them. The same data object again costs nothing. */
export function coldPoints(
  layer: PointLayer,
  theme: Theme,
  data: ReturnType<typeof coldData>,
  atlas: IconAtlas,
  { onPick, onHover }: PointEvents<number>,
): Layer {
  if (data.isShaped) return shapedPoints(layer, data, atlas, { onPick, onHover });
  return new ScatterplotLayer({
    ...styleOf(layer, theme),
    ...(data.length > crowd ? crowded : {}),
    id: `${layer}-cold`,
    pickable: true,
    onClick: ({ index }: PickingInfo) => {
      onPick(index);
    },
    onHover: ({ picked, index, x, y }: PickingInfo) => {
      onHover(picked ? index : undefined, [x, y]);
      return true;
    },
    data,
  } as ConstructorParameters<typeof ScatterplotLayer>[0]);
}

/** What the stream told since: few, drawn above, slightly larger. */
export function hotPoints(
  layer: PointLayer,
  theme: Theme,
  items: LiveItem[],
  { onPick, onHover }: PointEvents<LiveItem>,
): Layer {
  const colours = statusColours(layer, theme);
  const { statuses } = pointsOf(layer);
  const colourOf = (item: LiveItem) => colours[Math.max(0, statuses.indexOf(item.status ?? ''))]!;
  return new ScatterplotLayer<LiveItem>({
    ...styleOf(layer, theme),
    id: `${layer}-hot`,
    pickable: true,
    onClick: ({ object }: PickingInfo<LiveItem>) => {
      if (object) onPick(object);
    },
    onHover: ({ object, x, y }: PickingInfo<LiveItem>) => {
      onHover(object, [x, y]);
      return true;
    },
    data: items,
    getPosition: (item: LiveItem) => item.at!,
    radiusMinPixels: pointsOf(layer).shape.smallestPixels + 0.8,
    ...(pointsOf(layer).shape.filled ? { getFillColor: colourOf } : { getLineColor: colourOf }),
    updateTriggers: { getFillColor: theme, getLineColor: theme },
  } as ConstructorParameters<typeof ScatterplotLayer<LiveItem>>[0]);
}

/** A ring around the place of what is open beside the map. */
export const markLayer = (at: [number, number], theme: Theme): Layer =>
  new ScatterplotLayer<[number, number]>({
    id: 'thing-mark',
    data: [at],
    getPosition: (place: [number, number]) => place,
    radiusUnits: 'pixels',
    getRadius: 13,
    filled: false,
    stroked: true,
    lineWidthUnits: 'pixels',
    getLineWidth: 3.5,
    getLineColor: drawn(theme === 'dark' ? '#ffffff' : '#14212a'),
    updateTriggers: { getLineColor: theme },
  } as ConstructorParameters<typeof ScatterplotLayer<[number, number]>>[0]);
