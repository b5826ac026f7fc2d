import { expect, test } from 'vitest';
import { writeInParts } from './write-in-parts.ts';

/** What writing a list of numbers does, of which the given ones cannot be written. */
async function write(count: number, bad: readonly number[]) {
  const poisonous = new Set(bad);
  const written: number[] = [];
  const leftOut: string[] = [];
  let attempts = 0;
  let tried = 0;
  await writeInParts(
    Array.from({ length: count }, (_, item) => item),
    async (part) => {
      attempts++;
      tried += part.length;
      const first = part.find((item) => poisonous.has(item));
      if (first !== undefined) return { error: `cannot be ${first}` };
      written.push(...part);
      return undefined;
    },
    async (item, { error }) => void leftOut.push(`${item}: ${error}`),
  );
  return { written, leftOut, attempts, tried };
}
const all = (count: number, but: readonly number[]) =>
  Array.from({ length: count }, (_, item) => item).filter((item) => !but.includes(item));

test.each<[string, number, number[]]>([
  ['one item', 1, [0]],
  ['two', 2, [1]],
  ['the first', 2000, [0]],
  ['the last', 2000, [1999]],
  ['neighbours', 2000, [999, 1000, 1001]],
  ['eight', 4000, [3, 500, 501, 1200, 2047, 2048, 3000, 3999]],
  ['all', 40, all(40, [])],
  ['none', 33, []],
])(
  '%s: the good are written in their order, each bad one is left out with its own reason',
  async (_name, count, bad) => {
    const { written, leftOut } = await write(count, bad);
    expect(written).toEqual(all(count, bad));
    expect(leftOut).toEqual(bad.map((item) => `${item}: cannot be ${item}`));
  },
);

test('one poisonous item of 2,000 costs some two dozen attempts, wherever it stands, and no more than a fifth of the items twice', async () => {
  for (const place of [0, 1, 124, 125, 777, 1024, 1998, 1999]) {
    const { attempts, tried } = await write(2000, [place]);
    expect(attempts).toBeLessThanOrEqual(16 + 9);
    expect(tried).toBeLessThan(2000 * 1.2);
  }
});

test('four of 2,000 cost some forty attempts', async () => {
  const { attempts, tried } = await write(2000, [100, 700, 1300, 1900]);
  expect(attempts).toBeLessThanOrEqual(16 + 4 * 9);
  expect(tried).toBeLessThan(2000 * 1.5);
});

test('what fails only together is written apart', async () => {
  const written: number[][] = [];
  await writeInParts(
    [1, 2, 3],
    async (part) => {
      if (part.length > 1) return { error: 'not together' };
      written.push(part);
      return undefined;
    },
    async () => expect.fail('nothing fails alone'),
  );
  expect(written).toEqual([[1], [2], [3]]);
});

test('what is thrown ends everything', async () => {
  const away = new Error('the server went away');
  await expect(
    writeInParts(
      [1, 2],
      async () => Promise.reject(away),
      async () => {},
    ),
  ).rejects.toBe(away);
});
