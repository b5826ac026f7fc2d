/** Prints the pack as an SVG picture, to look at after a change of the drawing: `node preview.ts > map.svg`. */
import type { Polygon, Position } from 'geojson';
import { type Area, loadDistrict7Pack } from './pack.ts';

const PIXELS_PER_DEGREE = 12_000;
const MARGIN_DEGREES = 0.006;
const METRES_PER_DEGREE = 111_320;
const ROAD_WIDTH = { trunk: 5, primary: 3.5, secondary: 2.2, tertiary: 1.4 };
const ZONE_COLOUR = {
  industrial: '#b9a7d6',
  port: '#8fa3b8',
  'planned-residential': '#f3d9a4',
  'existing-residential': '#f5e6cf',
  green: '#9ccf8f',
};

const pack = loadDistrict7Pack();
const [west, south, east, north] = pack.district.bbox;
const left = west - MARGIN_DEGREES;
const top = north + MARGIN_DEGREES;
const width = (east + MARGIN_DEGREES - left) * PIXELS_PER_DEGREE;
const height = (top - south + MARGIN_DEGREES) * PIXELS_PER_DEGREE;

const at = ([longitude, latitude]: Position) =>
  `${((longitude! - left) * PIXELS_PER_DEGREE).toFixed(1)} ${((top - latitude!) * PIXELS_PER_DEGREE).toFixed(1)}`;
const path = (positions: Position[]) => `M${positions.map(at).join('L')}`;
const filled = (polygon: Polygon, style: string) => `<path d="${path(polygon.coordinates[0]!)}Z" ${style}/>`;
const outline = (area: Area, style: string) => `<path d="${path(area.geometry.coordinates[0]![0]!)}Z" ${style}/>`;
const level = (wanted: Area['level']) => pack.areas.filter((area) => area.level === wanted);
const stroked = (positions: Position[], colour: string, pixels: number) =>
  `<path d="${path(positions)}" fill="none" stroke="${colour}" stroke-width="${pixels.toFixed(1)}" stroke-linejoin="round" stroke-linecap="round"/>`;
const text = (point: Position, size: number, words: string) => {
  const [x, y] = at(point).split(' ');
  return `<text x="${x}" y="${y}" font-size="${size}" text-anchor="middle" font-family="sans-serif">${words}</text>`;
};

const water = pack.waterways.map(({ geometry, widthMetres }) =>
  geometry.type === 'Polygon'
    ? filled(geometry, 'fill="#9cc7e6"')
    : stroked(geometry.coordinates, '#9cc7e6', (widthMetres / METRES_PER_DEGREE) * PIXELS_PER_DEGREE),
);

console.log(
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width.toFixed(0)}" height="${height.toFixed(0)}">`,
    '<rect width="100%" height="100%" fill="#e9ece6"/>',
    ...level('ward').map((ward) => outline(ward, 'fill="#fbfaf5"')),
    ...pack.planningZones.map((zone) => filled(zone.geometry, `fill="${ZONE_COLOUR[zone.landUse]}" opacity="0.6"`)),
    ...level('neighbourhood').map((area) => outline(area, 'fill="none" stroke="#bbb" stroke-width="0.7"')),
    ...water,
    ...pack.roads.map((road) => stroked(road.geometry.coordinates, '#e0a03c', ROAD_WIDTH[road.class])),
    ...level('ward').map((ward) => outline(ward, 'fill="none" stroke="#8a2f5c" stroke-width="1.6"')),
    ...pack.places.map(({ kind, longitude, latitude }) => {
      const [x, y] = at([longitude, latitude]).split(' ');
      return `<circle cx="${x}" cy="${y}" r="5" fill="${kind === 'hospital' ? '#d22' : '#2a8'}"/>`;
    }),
    ...level('ward').map((ward) => text(ward.labelPoint, 15, `${ward.name} (${ward.population})`)),
    ...pack.waterways.map(({ name, geometry }) => {
      const line = geometry.type === 'Polygon' ? geometry.coordinates[0]! : geometry.coordinates;
      return text(line[line.length >> 1]!, 11, name);
    }),
    '</svg>',
  ].join('\n'),
);
