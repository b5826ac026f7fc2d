import { type Component, mount, unmount } from 'svelte';
import { otherPlace, placeIcons } from './place-icons.ts';
import { shapeBox, shapeMargin, shapes } from './shapes.ts';

type Mapping = Record<string, { x: number; y: number; width: number; height: number; mask: true }>;

/** All symbols in one picture: white on nothing, coloured by the graphics card. */
export interface IconAtlas {
  /** As a layer takes it: `iconAtlas`, a picture in memory, which the layer's types do not know and its code does. */
  given: Record<string, unknown>;
  /** `ground` is a disc; else by class. */
  places: Mapping;
  /** `0`, `1` … as in `shapes`; `0-hollow` … the outline alone. */
  symbols: Mapping;
}

const cell = 64;
const columns = 8;
const ink = '#ffffff';

/** Draws the library's icon as it stands in its SVG: its parts are paths, circles, rectangles and lines on 24 by 24. */
function drawIcon(context: CanvasRenderingContext2D, icon: Component<never>) {
  const host = document.createElement('div');
  const mounted = mount(icon as Component<Record<string, unknown>>, { target: host, props: {} });
  const parts = [...(host.querySelector('svg')?.children ?? [])];
  context.lineWidth = 2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const part of parts) {
    const number = (name: string) => Number(part.getAttribute(name) ?? 0);
    const path = new Path2D(part.getAttribute('d') ?? '');
    if (part.tagName === 'circle') path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
    if (part.tagName === 'rect')
      path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'));
    if (part.tagName === 'line') {
      path.moveTo(number('x1'), number('y1'));
      path.lineTo(number('x2'), number('y2'));
    }
    context.stroke(path);
  }
  void unmount(mounted);
}

/** To be made once, in a browser. */
export function makeIconAtlas(): IconAtlas {
  const drawings: { group: 'places' | 'symbols'; name: string; draw: (context: CanvasRenderingContext2D) => void }[] = [
    {
      group: 'places',
      name: 'ground',
      draw: (context) => {
        context.beginPath();
        context.arc(12, 12, 11.5, 0, 2 * Math.PI);
        context.fill();
      },
    },
    ...Object.entries({ ...placeIcons, other: otherPlace }).map(([name, icon]) => ({
      group: 'places' as const,
      name,
      draw: (context: CanvasRenderingContext2D) => drawIcon(context, icon as Component<never>),
    })),
    ...shapes.flatMap((shape, i) =>
      [false, true].map((isHollow) => ({
        group: 'symbols' as const,
        name: isHollow ? `${i}-hollow` : `${i}`,
        draw: (context: CanvasRenderingContext2D) => {
          const whole = shapeBox + 2 * shapeMargin;
          context.scale(24 / whole, 24 / whole);
          context.translate(shapeMargin, shapeMargin);
          context.lineWidth = 3;
          context.lineJoin = 'round';
          const path = new Path2D(shape);
          context.stroke(path);
          if (!isHollow) context.fill(path);
        },
      })),
    ),
  ];
  const canvas = document.createElement('canvas');
  canvas.width = columns * cell;
  canvas.height = Math.ceil(drawings.length / columns) * cell;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const atlas = { places: {} as Mapping, symbols: {} as Mapping };
  for (const [i, { group, name, draw }] of drawings.entries()) {
    const [x, y] = [(i % columns) * cell, Math.floor(i / columns) * cell];
    context.save();
    context.translate(x + 2, y + 2);
    context.scale((cell - 4) / 24, (cell - 4) / 24);
    context.fillStyle = ink;
    context.strokeStyle = ink;
    draw(context);
    context.restore();
    atlas[group][name] = { x, y, width: cell, height: cell, mask: true };
  }
  return { given: { iconAtlas: context.getImageData(0, 0, canvas.width, canvas.height) }, ...atlas };
}
