import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Address, defaultLayers, formatAddress, parseAddress } from './address.ts';
import { pointLayers } from './faces.ts';
import { colourings } from './feed/issued-risk.ts';

const addresses: fc.Arbitrary<Address> = fc.record({
  district: fc.stringMatching(/^[a-z0-9-]{1,32}$/),
  screen: fc.constantFrom('map', 'wall', 'entry', 'import', 'models', 'scenarios'),
  areaId: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/), { nil: undefined }),
  day: fc.option(
    fc.integer({ min: 0, max: 4000 }).map((n) => new Date(n * 86_400_000 + 1.5e12).toISOString().slice(0, 10)),
    { nil: undefined },
  ),
  layers: fc.subarray([...pointLayers]),
  colouring: fc.constantFrom(...colourings),
  clusters: fc.boolean(),
  modelId: fc.option(fc.stringMatching(/^[A-Za-z0-9._-]{1,80}$/), { nil: undefined }),
  composition: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/), { nil: undefined }),
  runId: fc.option(fc.stringMatching(/^[A-Za-z0-9._-]{1,80}$/), { nil: undefined }),
  language: fc.constantFrom('vi', 'en'),
  theme: fc.constantFrom('dark', 'light'),
});

test('a shared link brings everything back', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      expect(parseAddress(formatAddress(address))).toEqual(address);
    }),
  );
});

test('damaged parts of a link are left out, the rest holds', () => {
  expect(
    parseAddress('#district=Q7!&screen=party&day=2021-13-45&colour=pink&model=a/b&area=q7-tan-phu&lang=fr'),
  ).toEqual({
    district: undefined,
    screen: 'map',
    areaId: 'q7-tan-phu',
    day: undefined,
    layers: defaultLayers,
    colouring: 'cases',
    clusters: false,
    modelId: undefined,
    composition: undefined,
    runId: undefined,
    language: undefined,
    theme: undefined,
  });
});

test('a link brings back the moment that is laid beside, and none that is no day', () => {
  const given = parseAddress('#district=q7&screen=epidemic&day=2021-08-20&beside=2021-08-13');
  expect(given).toMatchObject({ day: '2021-08-20', besideDay: '2021-08-13' });
  expect(parseAddress(formatAddress(given))).toEqual(given);
  expect(parseAddress('#beside=2021-13-45')).not.toHaveProperty('besideDay');
});
