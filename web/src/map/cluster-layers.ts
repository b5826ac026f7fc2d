import type { Layer, PickingInfo } from '@deck.gl/core';
import { GeoJsonLayer } from '@deck.gl/layers';
import type { Feature, MultiLineString } from 'geojson';
import type { Theme } from '../address.ts';
import type { Cluster } from '../api/outlook-answers.ts';
import { clusterColours } from './palette.ts';

interface Drawn {
  cluster: string;
  alarm: boolean;
}
type DrawnCluster = Feature<MultiLineString, Drawn>;

/** Borders of clusters as lines; one without a border is not drawn (the list has it). */
export function clusterOutlines(clusters: readonly Cluster[]): DrawnCluster[] {
  return clusters.flatMap(({ areaIds, alarm, outline }) => {
    if (!outline) return [];
    const rings = outline.type === 'Polygon' ? outline.coordinates : outline.coordinates.flat();
    return [
      {
        type: 'Feature' as const,
        properties: { cluster: areaIds[0]!, alarm },
        geometry: { type: 'MultiLineString' as const, coordinates: rings },
      },
    ];
  });
}

const widths = { chosen: 5.5, alarm: 4, other: 2.2 };
/** A border is thin for a finger: an unseen, wider line takes the tap. */
const tapWidth = 14;
type Colour = [number, number, number, number];

export function clusterLayers(
  outlines: DrawnCluster[],
  theme: Theme,
  chosen: string | undefined,
  onPick: (cluster: string) => void,
): Layer[] {
  const colours = clusterColours[theme];
  const common = {
    data: { type: 'FeatureCollection' as const, features: outlines },
    stroked: true,
    filled: false,
    lineWidthUnits: 'pixels' as const,
    lineJointRounded: true,
    lineCapRounded: true,
  };
  type Properties = ConstructorParameters<typeof GeoJsonLayer<Drawn>>[0];
  return [
    new GeoJsonLayer<Drawn>({
      ...common,
      id: 'clusters-halo',
      getLineWidth: (feature: Feature) => widthOf((feature as DrawnCluster).properties, chosen) + 3,
      getLineColor: (theme === 'dark' ? [8, 12, 18, 200] : [255, 255, 255, 220]) as Colour,
      updateTriggers: { getLineWidth: chosen, getLineColor: theme },
    } as Properties),
    new GeoJsonLayer<Drawn>({
      ...common,
      id: 'clusters',
      getLineWidth: (feature: Feature) => widthOf((feature as DrawnCluster).properties, chosen),
      getLineColor: (feature: Feature) =>
        [...((feature as DrawnCluster).properties.alarm ? colours.alarm : colours.other), 255] as Colour,
      updateTriggers: { getLineWidth: chosen, getLineColor: theme },
    } as Properties),
    new GeoJsonLayer<Drawn>({
      ...common,
      id: 'clusters-taps',
      pickable: true,
      getLineWidth: tapWidth,
      getLineColor: [0, 0, 0, 1] as Colour,
      onClick: (info: PickingInfo) => {
        onPick((info.object as DrawnCluster).properties.cluster);
      },
    } as Properties),
  ];
}

const widthOf = ({ cluster, alarm }: Drawn, chosen: string | undefined) =>
  cluster === chosen ? widths.chosen : alarm ? widths.alarm : widths.other;
