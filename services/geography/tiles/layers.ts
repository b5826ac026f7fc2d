import { pointFeeds } from '#contracts/feeds.ts';

/** Layers of the base map, and the kind of map feature each draws; `areas` draws areas. */
export const placeLayers = {
  areas: null,
  waterways: 'waterway',
  roads: 'road',
  places: 'place',
  zones: 'planning-zone',
} as const;
export type PlaceLayer = keyof typeof placeLayers;

const pointNames = () => pointFeeds().map(({ name }) => name);
export const layerNames = () => [...Object.keys(placeLayers), ...pointNames()];
export const isPlaceLayer = (name: string): name is PlaceLayer => Object.hasOwn(placeLayers, name);
export const isPointLayer = (name: string): boolean => pointNames().includes(name);

/** Fields of each vector layer in a tile, for TileJSON. */
export function vectorLayers(name: string): { id: string; description: string; fields: Record<string, string> }[] {
  const text = 'String';
  if (name === 'areas')
    return [
      {
        id: 'areas',
        description: 'outlines of wards, from zoom 14 of tổ dân phố',
        fields: { areaId: text, parentId: text, level: text, name: text, areaKm2: 'Number', estimated: 'Boolean' },
      },
      {
        id: 'area-labels',
        description: 'a point to write the name at',
        fields: { areaId: text, level: text, name: text },
      },
    ];
  if (isPlaceLayer(name))
    return [{ id: name, description: 'base map', fields: { featureId: text, class: text, name: text } }];
  return [
    {
      id: name,
      description:
        'points; where they crowd, counts of a grid: aggregate, count, and a count for each category under its name',
      fields: { category: text, status: text, day: text, aggregate: 'Boolean', count: 'Number' },
    },
  ];
}
