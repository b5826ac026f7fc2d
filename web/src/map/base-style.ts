import latin from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-500-normal.woff2?url';
import latinExtended from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-ext-500-normal.woff2?url';
import vietnamese from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-500-normal.woff2?url';
import type { StyleSpecification } from 'maplibre-gl';
import type { Theme } from '../address.ts';
import { hatchImage } from './hatch.ts';
import { namedZooms } from './labels.ts';

/** deck.gl's layers are put under these, so that roads, borders and names stay readable. */
export const layersAbove = { areas: 'withheld', points: 'road-name' } as const;
export const labelSource = 'area-labels';
/** Areas of which nothing can be said: hatched above their fill. */
export const withheldSource = 'withheld-areas';

export const colours = {
  light: {
    ground: '#eef0ec',
    water: '#b9d6e6',
    road: '#ffffff',
    casing: '#cdd3d6',
    text: '#1c2830',
    halo: '#ffffff',
    waterText: '#3d6f8c',
    facility: '#0b6b5d',
    roadText: '#5a666e',
  },
  dark: {
    ground: '#12181f',
    water: '#1b3242',
    road: '#3a4652',
    casing: '#141b22',
    text: '#f2f6f8',
    halo: '#10161c',
    waterText: '#7fb3cf',
    facility: '#8fe3c7',
    roadText: '#aab6c0',
  },
} as const;

export const fontFamily = 'Be Vietnam Pro';
const font = [fontFamily];
/** Name of an area, above its point; deck.gl writes the number below it. Which names have room is decided before (`uncrowded`): those of roads give way. */
const areaName = (maxWidthEms: number) => ({
  'text-field': ['get', 'label'],
  'text-font': font,
  'text-size': ['get', 'textSize'],
  'text-max-width': maxWidthEms,
  'text-anchor': 'bottom',
  'text-allow-overlap': true,
});
/** Tile address of a layer. MapLibre's worker needs it absolute. */
const tiles = (layer: string, district: string, level = '') => ({
  type: 'vector' as const,
  tiles: [
    `${location.origin}/api/tiles/${layer}/{z}/{x}/{y}.mvt?district=${encodeURIComponent(district)}${level && `&level=${level}`}`,
  ],
  minzoom: 6,
  maxzoom: 16,
});
/** Widths grow with the zoom as things do. */
const grow = (at12: number, at16: number) => ['interpolate', ['exponential', 1.5], ['zoom'], 12, at12, 16, at16];
const roadWidth = (extra: number) => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  11,
  ['match', ['get', 'class'], 'trunk', 1.6 + extra, 'primary', 1.1 + extra, 0.5 + extra],
  16,
  [
    'match',
    ['get', 'class'],
    'trunk',
    13 + extra * 2,
    'primary',
    9 + extra * 2,
    'secondary',
    7 + extra * 2,
    4 + extra * 2,
  ],
];

/** The base map: our own tiles, our own font, nothing from anywhere else. */
export function baseStyle(theme: Theme, district: string): StyleSpecification {
  const c = colours[theme];
  return {
    version: 8,
    'font-faces': {
      'Be Vietnam Pro': [
        {
          url: new URL(vietnamese, location.href).href,
          'unicode-range': [
            'U+0102-0103',
            'U+0110-0111',
            'U+0128-0129',
            'U+0168-0169',
            'U+01A0-01A1',
            'U+01AF-01B0',
            'U+1EA0-1EF9',
            'U+20AB',
          ],
        },
        {
          url: new URL(latinExtended, location.href).href,
          'unicode-range': ['U+0100-0101', 'U+0104-010F', 'U+0112-0127'],
        },
        { url: new URL(latin, location.href).href, 'unicode-range': ['U+0000-00FF', 'U+2000-206F'] },
      ],
    },
    sources: {
      waterways: tiles('waterways', district),
      roads: tiles('roads', district),
      places: tiles('places', district),
      district: tiles('areas', district, 'district'),
      ward: tiles('areas', district, 'ward'),
      neighbourhood: tiles('areas', district, 'neighbourhood'),
      [withheldSource]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      [labelSource]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': c.ground } },
      {
        id: 'water',
        type: 'fill',
        source: 'waterways',
        'source-layer': 'waterways',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': c.water },
      },
      {
        id: 'canal',
        type: 'line',
        source: 'waterways',
        'source-layer': 'waterways',
        filter: ['==', ['geometry-type'], 'LineString'],
        layout: { 'line-cap': 'round' },
        paint: { 'line-color': c.water, 'line-width': grow(1.6, 14) },
      },
      {
        id: 'withheld',
        type: 'fill',
        source: withheldSource,
        paint: { 'fill-pattern': hatchImage(theme) },
      },
      {
        id: 'road-casing',
        type: 'line',
        source: 'roads',
        'source-layer': 'roads',
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': c.casing, 'line-width': roadWidth(1), 'line-opacity': 0.55 },
      },
      {
        id: 'road',
        type: 'line',
        source: 'roads',
        'source-layer': 'roads',
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': c.road, 'line-width': roadWidth(0), 'line-opacity': 0.75 },
      },
      {
        id: 'neighbourhood-border',
        type: 'line',
        source: 'neighbourhood',
        'source-layer': 'areas',
        minzoom: 13.2,
        filter: ['==', ['get', 'level'], 'neighbourhood'],
        paint: { 'line-color': c.text, 'line-opacity': 0.18, 'line-width': 0.7 },
      },
      {
        id: 'ward-border',
        type: 'line',
        source: 'ward',
        'source-layer': 'areas',
        filter: ['==', ['get', 'level'], 'ward'],
        paint: { 'line-color': c.text, 'line-opacity': 0.55, 'line-width': grow(1, 2.4) },
      },
      {
        id: 'district-border',
        type: 'line',
        source: 'district',
        'source-layer': 'areas',
        filter: ['==', ['get', 'level'], 'district'],
        paint: { 'line-color': c.text, 'line-opacity': 0.8, 'line-width': grow(2, 3.5) },
      },
      {
        id: 'road-name',
        type: 'symbol',
        source: 'roads',
        'source-layer': 'roads',
        minzoom: 13.6,
        layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 10.5 },
        paint: { 'text-color': c.roadText, 'text-halo-color': c.halo, 'text-halo-width': 1.2 },
      },
      {
        id: 'water-name',
        type: 'symbol',
        source: 'waterways',
        'source-layer': 'waterways',
        minzoom: 12.6,
        filter: ['!=', ['get', 'class'], 'river'],
        layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 10.5 },
        paint: { 'text-color': c.waterText, 'text-halo-color': c.halo, 'text-halo-width': 1 },
      },
      {
        id: 'facility',
        type: 'circle',
        source: 'places',
        'source-layer': 'places',
        minzoom: 12,
        paint: {
          'circle-radius': grow(2.6, 6),
          'circle-color': c.halo,
          'circle-stroke-color': c.facility,
          'circle-stroke-width': 2,
        },
      },
      {
        id: 'facility-name',
        type: 'symbol',
        source: 'places',
        'source-layer': 'places',
        minzoom: 13.8,
        layout: {
          'text-field': ['get', 'name'],
          'text-font': font,
          'text-size': 11,
          'text-offset': [0, 0.9],
          'text-anchor': 'top',
          'text-max-width': 9,
          'text-optional': true,
        },
        paint: { 'text-color': c.facility, 'text-halo-color': c.halo, 'text-halo-width': 1.4 },
      },
      {
        id: 'neighbourhood-name',
        type: 'symbol',
        source: labelSource,
        minzoom: namedZooms.neighbourhood.from,
        filter: ['==', ['get', 'level'], 'neighbourhood'],
        layout: areaName(8),
        paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.2 },
      },
      {
        id: 'ward-name',
        type: 'symbol',
        source: labelSource,
        maxzoom: namedZooms.ward.to,
        filter: ['==', ['get', 'level'], 'ward'],
        layout: { ...areaName(9), 'text-padding': 1 },
        paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.6 },
      },
    ] as StyleSpecification['layers'],
  };
}
