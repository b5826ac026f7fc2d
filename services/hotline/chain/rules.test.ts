import { expect, test } from 'vitest';
import { chainOf, chainRuleAt, chainRules, channel } from './rules.ts';

const everybody = {
  station: { id: 's', name: 'Trạm' },
  hospital: { id: 'h', name: 'Bệnh viện' },
  ward: { id: 'w', name: 'Phường Tân Phú' },
};

test('districts end with June 2025: the last instant before, and the first after', () => {
  expect(chainRuleAt('2025-06-30T23:59:59.999+07:00').id).toBe('district-2021');
  expect(chainRuleAt('2025-07-01T00:00:00+07:00').id).toBe('commune-2025');
  const roles = (at: string) => chainOf(chainRuleAt(at), everybody).map(({ role }) => role);
  expect(roles('2021-11-04T00:00:00Z')).toEqual(['health-station', 'hospital', 'ward-chair', 'district-leader']);
  expect(roles('2025-11-04T00:00:00Z')).toEqual(['health-station', 'hospital', 'ward-chair', 'city']);
});

test('every instant has one rule, each with its source, and the number is 7300 4999', () => {
  for (let at = Date.parse('2020-01-01Z'); at < Date.parse('2030-01-01Z'); at += 86_400_000 * 10)
    expect(() => chainRuleAt(new Date(at).toISOString())).not.toThrow();
  expect(chainRules.every(({ source }) => source.length > 0)).toBe(true);
  expect(channel).toBe('73004999');
});

test('each of four rings for 60 s; whom there is nobody for is not waited for', () => {
  const rule = chainRuleAt('2021-11-04T00:00:00Z');
  expect(chainOf(rule, everybody).map(({ targetId, name, ringSeconds }) => [targetId, name, ringSeconds])).toEqual([
    ['s', 'Trạm', 60],
    ['h', 'Bệnh viện', 60],
    ['chair-w', 'Chủ tịch UBND Phường Tân Phú', 60],
    ['district-leader', 'Lãnh đạo quận', 60],
  ]);
  expect(chainOf(rule, { ...everybody, station: undefined, ward: undefined }).map(({ role }) => role)).toEqual([
    'hospital',
    'district-leader',
  ]);
});
