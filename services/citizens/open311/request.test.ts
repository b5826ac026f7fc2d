import { expect, test } from 'vitest';
import { GeoProblem, xmlOf } from './answer.ts';
import { given, readServiceRequest } from './request.ts';

const read = (params: Record<string, string | string[]>) =>
  readServiceRequest(
    given(Object.entries(params).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))),
  );
const refused = (params: Record<string, string | string[]>) => {
  try {
    read(params);
    return undefined;
  } catch (error) {
    if (!(error instanceof GeoProblem)) throw error;
    return [error.status, error.errors.map(({ description }) => description.split(':')[0])];
  }
};
const place = { lat: '10.705', long: '106.712' };

test('all that the standard knows is kept, and empty parameters count as not given', () => {
  expect(
    read({
      ...{
        jurisdiction_id: 'q7',
        api_key: 'xyz',
        service_code: 'drainage',
        ...place,
        address_string: ' 12 Trần Xuân Soạn ',
        address_id: '545483',
      },
      ...{
        description: 'Ngập\nđến "gối" <b>&amp; 😀',
        email: 'a@b.vn',
        first_name: 'Nguyễn',
        last_name: 'B',
        phone: '+84 900',
        device_id: 'd',
        account_id: '7',
      },
      ...{ media_url: 'https://anh.example/1.jpg?a=1&b=2', 'attribute[depthCm]': '20', zipcode: '700000', locale: '' },
    }),
  ).toEqual({
    said: {
      ...{
        topic: 'drainage',
        channel: 'open311',
        location: { lat: 10.705, lon: 106.712 },
        address: '12 Trần Xuân Soạn',
        externalId: '545483',
      },
      ...{
        description: 'Ngập\nđến "gối" <b>&amp; 😀',
        mediaUrl: 'https://anh.example/1.jpg?a=1&b=2',
        attributes: '{"depthCm":"20"}',
      },
    },
    contact: { name: 'Nguyễn B', email: 'a@b.vn', phone: '+84 900', deviceId: 'd', accountId: '7' },
  });
  expect(read({ service_code: 'tree', address_string: 'Hẻm 3', lat: '', long: ' ' })).toEqual({
    said: { topic: 'tree', channel: 'open311', address: 'Hẻm 3' },
    contact: {},
  });
});

test.each([
  ['no service code', place, [400, ['service_code']]],
  ['one of another city', { service_code: '4fd3b167e750846744000005', ...place }, [404, ['service_code']]],
  ['no location', { service_code: 'tree' }, [400, ['lat and long, address_string or address_id']]],
  ['a latitude alone', { service_code: 'tree', lat: '10.7' }, [400, ['long']]],
  ['a latitude alone beside an address', { service_code: 'tree', lat: '10.7', address_string: 'x' }, [400, ['long']]],
  ['a comma in a number', { service_code: 'tree', lat: '10,7', long: '106.7' }, [400, ['lat']]],
  ['beyond the pole', { service_code: 'tree', lat: '90.0001', long: '180' }, [400, ['lat']]],
  ['words', { service_code: 'tree', lat: 'NaN', long: 'Infinity' }, [400, ['lat', 'long']]],
  [
    'a description that is too long',
    { service_code: 'tree', ...place, description: 'x'.repeat(4001) },
    [400, ['description']],
  ],
  [
    'a picture that is no address',
    { service_code: 'tree', ...place, media_url: 'javascript:alert(1)' },
    [400, ['media_url']],
  ],
  ['two different codes', { service_code: ['tree', 'waste'], ...place }, [400, ['service_code']]],
  [
    'an attribute of nothing',
    { service_code: 'tree', ...place, 'attribute[WHISHETN]': '1' },
    [400, ['attribute[WHISHETN]']],
  ],
  [
    'an attribute that is no number',
    { service_code: 'drainage', ...place, 'attribute[depthCm]': 'deep' },
    [400, ['attribute[depthCm]']],
  ],
  [
    'several things',
    { service_code: 'nope', lat: '91', long: '0', media_url: 'x' },
    [400, ['service_code', 'lat', 'media_url']],
  ],
])('%s', (_what, params, expected) => expect(refused(params)).toEqual(expected));

test.each([
  ['90', '-180'],
  ['-90.0', '180'],
  ['+10.705', '1.06712e2'],
  ['.5', '0.'],
])('lat %s and long %s are a place', (lat, long) =>
  expect(refused({ service_code: 'tree', lat, long })).toBeUndefined(),
);

test('several values of one attribute', () => {
  expect(read({ service_code: 'noise', ...place, 'attribute[hours][]': ['evening', 'night'] }).said.attributes).toBe(
    '{"hours":["evening","night"]}',
  );
  expect(refused({ service_code: 'noise', ...place, 'attribute[hours][]': ['evening', 'noon'] })).toEqual([
    400,
    ['attribute[hours]'],
  ]);
  // What every object of JavaScript has is no answer.
  for (const name of ['constructor', 'toString', '__proto__'])
    expect(refused({ service_code: 'noise', ...place, 'attribute[hours]': name })).toEqual([400, ['attribute[hours]']]);
});

test('XML escapes what has to be, and holds no character that it does not know', () => {
  const xml = xmlOf('service_requests', [
    { description: 'a < b & "c" \u0000\u0008\ud800 😀 đ ]]> <!--', lat: null, metadata: false },
  ]);
  expect(xml).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n<service_requests>\s*<request>/);
  expect(xml).toContain('a &lt; b &amp; &quot;c&quot; \ufffd\ufffd\ufffd 😀 đ ]]&gt; &lt;!--');
  expect(xml).toMatch(/<lat><\/lat>\s*<metadata>false<\/metadata>/);
});
