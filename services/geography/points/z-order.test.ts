import fc from 'fast-check';
import { expect, test } from 'vitest';
import { degreesOf, orderBits, stepsOf, tileRange, zOrderOf } from './z-order.ts';

const lon = fc.double({ min: -180, max: 179.999999, noNaN: true });
const lat = fc.double({ min: -85, max: 85, noNaN: true });

/** Slippy map tile of a place, as OpenStreetMap's wiki gives it ("Slippy map tilenames"). */
const tileOf = (longitude: number, latitude: number, z: number) => {
  const radians = (latitude * Math.PI) / 180;
  return {
    x: Math.floor(((longitude + 180) / 360) * 2 ** z),
    y: Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z),
  };
};

test('a place lies in the range of its tile at every zoom, and in no neighbour’s', () => {
  fc.assert(
    fc.property(lon, lat, fc.integer({ min: 0, max: 18 }), (longitude, latitude, z) => {
      const { x, y } = tileOf(longitude, latitude, z);
      const steps = stepsOf(longitude, latitude);
      // On the very edge, rounding may put it next door: such a place is skipped.
      fc.pre(Math.floor(steps.x / 2 ** (31 - z)) === x && Math.floor(steps.y / 2 ** (31 - z)) === y);
      const order = zOrderOf(steps);
      const { from, to } = tileRange(z, x, y, orderBits);
      expect(order >= from && order < to).toBe(true);
      if (x > 0)
        expect(order < tileRange(z, x - 1, y, orderBits).from || order >= tileRange(z, x - 1, y, orderBits).to).toBe(
          true,
        );
    }),
    { numRuns: 2000 },
  );
});

test('interleaves bit by bit', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1), (x, y) => {
      let order = 0n;
      for (let bit = 0; bit < 26; bit++) {
        order |= BigInt((x >>> (5 + bit)) & 1) << BigInt(2 * bit);
        order |= BigInt((y >>> (5 + bit)) & 1) << BigInt(2 * bit + 1);
      }
      expect(BigInt(zOrderOf({ x, y }))).toBe(order);
    }),
  );
});

test('comes back to within a step: 2 cm', () => {
  fc.assert(
    fc.property(lon, lat, (longitude, latitude) => {
      const back = degreesOf(stepsOf(longitude, latitude));
      expect(Math.abs(back.lon - longitude)).toBeLessThan(2e-7);
      expect(Math.abs(back.lat - latitude)).toBeLessThan(2e-7);
    }),
  );
});
