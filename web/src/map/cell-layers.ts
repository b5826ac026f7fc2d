import type { Layer, PickingInfo } from '@deck.gl/core';
import { ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { PointCell } from '@vungxanh/services/contracts/http/point-cells.ts';
import type { Theme } from '../address.ts';
import { type PointLayer, pointsOf } from '../faces.ts';
import { type Colour, colours, drawn, fontFamily } from './base-colours.ts';
import { glyphs } from './base-layers.ts';
import { cellPixels, stateOfCell } from './cells.ts';
import { clockColours } from './palette.ts';

/** What happens with a cell under the pointer or the finger. */
export interface CellEvents {
  onPick: (cell: PointCell) => void;
  onHover: (cell: PointCell | undefined, at: [number, number]) => void;
}

/** Colour of a cell: that of its layer; what is over is paler. What is asked of somebody is said by ring and label. */
const fillOf = (layer: PointLayer, theme: Theme, cell: PointCell): Colour => {
  const { open, over } = pointsOf(layer).colours[theme];
  return cell.open ? [...open, 205] : [...over, 120];
};
const ringOf = (theme: Theme, cell: PointCell): Colour => {
  const state = stateOfCell(cell);
  if (state === 'late' || state === 'due') return [...clockColours[theme][state], 255];
  return drawn(colours[theme].halo, 235);
};
const ringWidth = (cell: PointCell) => ({ late: 4, due: 3 })[stateOfCell(cell) as string] ?? 1.4;

const text = {
  fontFamily: `"${fontFamily}", sans-serif`,
  fontWeight: 500,
  fontSettings: glyphs,
  characterSet: '0123456789.,kM \u00a0',
};
/** Where the small label of a cell lies: at its upper right. */
const badgeAt = (cell: PointCell): [number, number] => {
  const away = cellPixels(cell.count) * 0.36;
  return [away, -away];
};

/** Cells of a layer: a disc with its count, a ring where something is due or overdue, and how many are overdue on a small label. `shortly` writes a number in four letters. */
export function cellLayers(
  layer: PointLayer,
  theme: Theme,
  cells: readonly PointCell[],
  [lonShift, latShift]: readonly [number, number],
  shortly: (count: number) => string,
  { onPick, onHover }: CellEvents,
): Layer[] {
  const place = (cell: PointCell): [number, number] => [cell.lon + lonShift, cell.lat + latShift];
  const late = cells.filter((cell) => cell.late > 0);
  const trigger = {
    getFillColor: theme,
    getLineColor: theme,
    getPosition: lonShift,
    getColor: theme,
    getBackgroundColor: theme,
  };
  return [
    new ScatterplotLayer<PointCell>({
      id: `${layer}-cells`,
      data: cells,
      pickable: true,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      stroked: true,
      getPosition: place,
      getRadius: (cell) => cellPixels(cell.count) / 2,
      getFillColor: (cell) => fillOf(layer, theme, cell),
      getLineColor: (cell) => ringOf(theme, cell),
      getLineWidth: ringWidth,
      updateTriggers: trigger,
      onClick: ({ object }: PickingInfo<PointCell>) => {
        if (object) onPick(object);
      },
      onHover: ({ object, x, y }: PickingInfo<PointCell>) => {
        onHover(object, [x, y]);
        return true;
      },
    }),
    new TextLayer<PointCell>({
      ...text,
      id: `${layer}-cell-counts`,
      data: cells,
      getPosition: place,
      getText: (cell) => shortly(cell.count),
      getSize: (cell) => 8.5 + cellPixels(cell.count) / 9,
      getColor: drawn(theme === 'dark' ? colours.dark.halo : '#ffffff'),
      updateTriggers: trigger,
    }),
    new TextLayer<PointCell>({
      ...text,
      id: `${layer}-cell-late`,
      data: late,
      getPosition: place,
      getText: (cell) => shortly(cell.late),
      getSize: 10.5,
      getPixelOffset: badgeAt,
      getColor: drawn(theme === 'dark' ? colours.dark.halo : '#ffffff'),
      background: true,
      getBackgroundColor: [...clockColours[theme].late, 255],
      backgroundPadding: [4, 2],
      backgroundBorderRadius: 7,
      getBorderColor: drawn(colours[theme].halo),
      getBorderWidth: 1.2,
      updateTriggers: trigger,
    }),
  ];
}
