/** Width of the world in whole steps: 2^31, so that a place fits a 32-bit integer; a step is 2 cm at the equator. */
export const worldSteps = 2 ** 31;
/** Bits of x and of y that a Z-order number keeps: two times 26 fit a JavaScript number exactly. */
export const orderBits = 26;
/** Zoom of the counted cells. */
export const cellZoom = 20;

/** Northernmost latitude of Web Mercator, degrees. */
const maxLatitude = 85.0511287798066;

export interface Steps {
  x: number;
  y: number;
}

/** Web Mercator as whole steps from the north-west corner of the world. Degrees WGS84. */
export function stepsOf(lon: number, lat: number): Steps {
  const clamped = Math.max(-maxLatitude, Math.min(maxLatitude, lat));
  const sine = Math.sin((clamped * Math.PI) / 180);
  const east = lon / 360 + 0.5;
  const south = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  const whole = (share: number) => Math.max(0, Math.min(worldSteps - 1, Math.floor(share * worldSteps)));
  return { x: whole(east), y: whole(south) };
}

/** The middle of a step, degrees. */
export function degreesOf({ x, y }: Steps): { lon: number; lat: number } {
  const south = (y + 0.5) / worldSteps;
  return {
    lon: ((x + 0.5) / worldSteps - 0.5) * 360,
    lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * south))) * 180) / Math.PI,
  };
}

/** Z-order (Morton) number of a place: bits of x and y by turns, x lowest. */
export function zOrderOf({ x, y }: Steps): number {
  const xs = x >>> (31 - orderBits);
  const ys = y >>> (31 - orderBits);
  const low = spread(xs & 0x1fff) + 2 * spread(ys & 0x1fff);
  const high = spread(xs >>> 13) + 2 * spread(ys >>> 13);
  return high * 2 ** 26 + low;
}

/** The range [from, to) of Z-order numbers in a tile, at `bits` bits an axis. */
export function tileRange(z: number, x: number, y: number, bits: number): { from: number; to: number } {
  const steps = 2 ** (31 - z);
  const size = 4 ** (bits - z);
  const from = Math.floor(zOrderOf({ x: x * steps, y: y * steps }) / 4 ** (orderBits - bits));
  return { from, to: from + size };
}

/** 13 bits, each moved to twice its place. */
function spread(bits: number): number {
  let b = bits;
  b = (b | (b << 8)) & 0x00ff00ff;
  b = (b | (b << 4)) & 0x0f0f0f0f;
  b = (b | (b << 2)) & 0x33333333;
  b = (b | (b << 1)) & 0x55555555;
  return b;
}
