import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Composition, emptyComposition } from './draft.ts';
import { keptText, linkText, readKept, readLink } from './keeping.ts';
import { leverKinds, newLever } from './lever-fields.ts';

const compositions: fc.Arbitrary<Composition> = fc.record({
  days: fc.constantFrom(30, 60, 90, 120),
  drafts: fc
    .array(
      fc.record({
        name: fc.string({ maxLength: 80 }),
        levers: fc.array(
          fc.constantFrom(...leverKinds).map((kind) => newLever(kind, '2021-08-25', '2021-09-30', 360_000)),
          { maxLength: 5 },
        ),
      }),
      { maxLength: 3 },
    )
    .map((drafts) => drafts.map((draft, i) => ({ ...draft, key: `s${i + 1}` }))),
});

test('what was kept comes back, and so does a link, through letters that a link may hold', async () => {
  await fc.assert(
    fc.asyncProperty(compositions, async (composition) => {
      expect(readKept(keptText(composition))).toEqual(composition);
      const link = await linkText(composition);
      expect(link).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(await readLink(link)).toEqual(composition);
    }),
    { numRuns: 40 },
  );
});

test('three scenarios in ten wards fit into a message', async () => {
  const areaIds = Array.from({ length: 10 }, (_, i) => `q7-tan-thuan-dong-${i}`);
  const levers = leverKinds.map((kind) => ({ ...newLever(kind, '2021-08-25', '2021-09-30', 360_000), areaIds }));
  const drafts = [1, 2, 3].map((i) => ({ key: `s${i}`, name: `Chỉ thị 16 ở các phường đỏ ${i}`, levers }));
  expect((await linkText({ days: 60, drafts })).length).toBeLessThan(1500);
});

test('what is damaged is left out; the rest holds', async () => {
  expect(readKept('{"drafts": 3}')).toBeUndefined();
  expect(readKept(null)).toBeUndefined();
  expect(await readLink('no-link')).toBeUndefined();
  const lever = newLever('5K', '2021-08-25', '2021-09-30', 1000);
  const damaged = [
    lever,
    { ...lever, adherence: 'much' },
    { ...lever, fromDate: '2021-13-77' },
    { kind: 'prayer' },
    null,
  ];
  expect(readKept(JSON.stringify({ days: 61, drafts: [{ name: 'A', levers: damaged }, 7] }))).toEqual({
    ...emptyComposition(),
    drafts: [{ key: 's1', name: 'A', levers: [lever] }],
  });
});
