/** From this zoom on the map shows single points. */
export const pointZoom = 14;
/** Cells of a map at a zoom are so many zooms finer: 64 to 128 pixels wide. */
const finer = 3;

/** Zoom of the cells for a zoom of the map; undefined: points. */
export const cellZoomAt = (zoom: number): number | undefined =>
  zoom >= pointZoom ? undefined : Math.max(0, Math.floor(zoom) + finer);

/** What a district is shown with at first. */
export const firstCellZoom = 12 + finer;

/** West, south, east, north of a cell, degrees. */
export function cellBounds(cellZoom: number, x: number, y: number): [number, number, number, number] {
  const world = 2 ** cellZoom;
  const lon = (column: number) => (column / world) * 360 - 180;
  const lat = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / world))) * 180) / Math.PI;
  return [lon(x), lat(y + 1), lon(x + 1), lat(y)];
}

/** What is worst in a cell. Overdue before due before new before still going on. */
export const cellStates = ['late', 'due', 'new', 'open', 'over'] as const;
export type CellState = (typeof cellStates)[number];
export const stateOfCell = ({
  late,
  due,
  fresh,
  open,
}: Record<'late' | 'due' | 'fresh' | 'open', number>): CellState =>
  late ? 'late' : due ? 'due' : fresh ? 'new' : open ? 'open' : 'over';

const largestCell = 44;
const shiftPixels = 11;

/** Pixels across for a count: its area grows slower than the count, so that one of hundreds does not cover its neighbours. */
export const cellPixels = (count: number): number => Math.min(largestCell, 15 + 4.2 * Math.log2(count));

/** Cells of several layers lie side by side: the nth is moved by so many degrees. */
export const shiftOf = (nth: number, zoom: number): [lon: number, lat: number] => {
  const degreesPerPixel = 360 / (512 * 2 ** zoom);
  return [nth * shiftPixels * degreesPerPixel, -nth * shiftPixels * degreesPerPixel];
};
