import { WebMercatorViewport } from '@deck.gl/core';

/** Where the map looks: degrees, and the zoom at which the world is 512 · 2^zoom pixels wide. */
export interface Camera {
  longitude: number;
  latitude: number;
  zoom: number;
}
/** Pixels. */
export interface Size {
  width: number;
  height: number;
}
/** Pixels of the map that panels lie on. */
export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}
export type Bounds = readonly [west: number, south: number, east: number, north: number];

export const zooms = { least: 8, most: 19 } as const;
/** One area fills the room at most so far. */
const fittedMost = 15.5;
/** Panels leave at least this share of the map, whatever they say: a small window is covered by them. */
const leastRoomShare = 0.3;

/** Padding that leaves room; what is too much is made smaller on both sides alike. */
export function roomyPadding({ top, right, bottom, left }: Padding, { width, height }: Size): Padding {
  const across = Math.min(1, (width * (1 - leastRoomShare)) / Math.max(1, left + right));
  const down = Math.min(1, (height * (1 - leastRoomShare)) / Math.max(1, top + bottom));
  return { top: top * down, bottom: bottom * down, left: left * across, right: right * across };
}

/** All of the bounds between the panels. */
export function fitted([west, south, east, north]: Bounds, size: Size, padding: Padding): Camera {
  const viewport = new WebMercatorViewport({ ...size, longitude: 0, latitude: 0, zoom: 1 });
  const { longitude, latitude, zoom } = viewport.fitBounds(
    [
      [west, south],
      [east, north],
    ],
    { padding: roomyPadding(padding, size), maxZoom: fittedMost },
  );
  return { longitude, latitude, zoom };
}

/** A place in the middle between the panels. */
export function centredOn(place: readonly [number, number], zoom: number, size: Size, padding: Padding): Camera {
  const { top, right, bottom, left } = roomyPadding(padding, size);
  const at = new WebMercatorViewport({ ...size, longitude: place[0], latitude: place[1], zoom });
  const middle = { x: (left + size.width - right) / 2, y: (top + size.height - bottom) / 2 };
  const [longitude, latitude] = at.unproject([size.width - middle.x, size.height - middle.y]) as [number, number];
  return { longitude, latitude, zoom };
}

/** Pixels of a place on the map. */
export const pixelsOf = (place: readonly [number, number], camera: Camera, size: Size): [number, number] =>
  new WebMercatorViewport({ ...size, ...camera }).project([...place]) as [number, number];

/** Whether a place is seen between the panels. */
export function isSeen(place: readonly [number, number], camera: Camera, size: Size, padding: Padding): boolean {
  const [x, y] = pixelsOf(place, camera, size);
  return x > padding.left && x < size.width - padding.right && y > padding.top && y < size.height - padding.bottom;
}

export const zoomed = (camera: Camera, steps: number): Camera => ({
  ...camera,
  zoom: Math.min(zooms.most, Math.max(zooms.least, camera.zoom + steps)),
});
