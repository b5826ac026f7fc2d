import { describe, expect, test } from 'vitest';
import { decisionProblem } from './authority.ts';

const million = 1_000_000;
type Site = Parameters<typeof decisionProblem>[0];
const site = (more: Partial<Site> = {}): Site => ({
  kind: 'sanitation',
  occurredAt: '2021-06-01T00:00:00+07:00',
  building: null,
  partyKind: null,
  ...more,
});
const fieldOf = (violation: Site, occurredAt: string, authority: string | undefined, millions: number) =>
  decisionProblem(violation, { occurredAt, authority, fineVnd: millions * million })?.field;

describe('who may decide which fine, by the day of the decision', () => {
  test.each([
    // [day, who did it, authority, the highest lawful fine in millions]
    ['2021-12-31T23:59:59+07:00', 'person', 'ward', 5],
    ['2021-12-31T23:59:59+07:00', 'organisation', 'ward', 10],
    ['2021-12-31T23:59:59+07:00', 'person', 'district', 50],
    ['2021-12-31T23:59:59+07:00', 'organisation', 'district', 100],
    ['2022-01-01T00:00:00+07:00', 'person', 'ward', 10],
    ['2022-01-01T00:00:00+07:00', 'organisation', 'ward', 20],
    ['2025-06-30T23:59:59+07:00', 'person', 'district', 100],
    ['2025-06-30T23:59:59+07:00', 'organisation', 'district', 200],
    ['2025-07-01T00:00:00+07:00', 'person', 'ward', 250],
    ['2025-07-01T00:00:00+07:00', 'organisation', 'ward', 500],
  ] as const)('%s, a %s, decided by the %s: up to %i million', (day, partyKind, authority, most) => {
    const violation = site({ partyKind });
    expect(fieldOf(violation, day, authority, most)).toBeUndefined();
    expect(decisionProblem(violation, { occurredAt: day, authority, fineVnd: most * million + 1 })?.field).toBe(
      'fineVnd',
    );
  });

  test('from 2025-07-01 there is no district, with the article', () => {
    const decided = (occurredAt: string) => decisionProblem(site(), { occurredAt, authority: 'district' });
    expect(decided('2025-06-30T23:59:59+07:00')).toBeUndefined();
    expect(decided('2025-07-01T00:00:00+07:00')).toMatchObject({
      field: 'authority',
      words: { en: expect.stringContaining('189/2025'), vi: expect.stringContaining('189/2025') },
    });
  });

  test('who did it is not known: what is unlawful for an organisation is for everybody; the city has no limit here', () => {
    expect(fieldOf(site(), '2022-06-01T00:00:00Z', 'ward', 20)).toBeUndefined();
    expect(fieldOf(site(), '2022-06-01T00:00:00Z', 'ward', 900)).toBe('fineVnd');
    expect(fieldOf(site(), '2022-06-01T00:00:00Z', 'city', 900)).toBeUndefined();
    expect(fieldOf(site(), '2022-06-01T00:00:00Z', undefined, 900)).toBeUndefined();
  });
});

describe('the range of the clause, by the moment of the breach', () => {
  const [before, since] = ['2022-01-27T23:59:59+07:00', '2022-01-28T00:00:00+07:00'];
  test.each([
    ['without-permit', 'house', 'organisation', before, 20, 30],
    ['without-permit', 'house', 'person', before, 10, 15],
    ['without-permit', 'project', 'organisation', before, 30, 50],
    ['without-permit', 'house', 'organisation', since, 60, 80],
    ['without-permit', 'house', 'person', since, 30, 40],
    ['without-permit', 'project', 'organisation', since, 120, 140],
    ['against-permit', 'house', 'person', since, 15, 20],
    ['against-permit', 'project', 'organisation', since, 100, 120],
    ['without-permit', null, null, since, 30, 140],
  ] as const)('%s, %s, %s, breach of %s: %i to %i million', (kind, building, partyKind, occurredAt, low, high) => {
    const violation = site({ kind, building, partyKind, occurredAt });
    const fine = (fineVnd: number) =>
      decisionProblem(violation, { occurredAt: '2022-06-01T00:00:00Z', authority: 'city', fineVnd })?.field;
    expect([low * million - 1, low * million, high * million, high * million + 1].map(fine)).toEqual([
      'fineVnd',
      undefined,
      undefined,
      'fineVnd',
    ]);
  });

  test('the authority follows the highest fine of the clause, not the one that was chosen', () => {
    const house = site({ kind: 'against-permit', building: 'house', partyKind: 'person', occurredAt: since });
    // 15 to 20 million for a person: a ward may fine a person 10.
    expect(fieldOf(house, '2022-06-01T00:00:00Z', 'ward', 15)).toBe('fineVnd');
    const organisation = site({ ...house, partyKind: 'organisation' });
    expect(fieldOf(organisation, '2022-06-01T00:00:00Z', 'ward', 30)).toBe('fineVnd');
    expect(fieldOf(organisation, '2022-06-01T00:00:00Z', 'district', 30)).toBeUndefined();
    // A person who built without a permit before 2022-01-28: 10 to 15 million; 10 is within a ward's reach in 2022, its clause is not.
    const old = site({ kind: 'without-permit', building: 'house', partyKind: 'person', occurredAt: before });
    expect(fieldOf(old, '2022-06-01T00:00:00Z', 'ward', 10)).toBe('authority');
    expect(fieldOf(old, '2022-06-01T00:00:00Z', 'district', 10)).toBeUndefined();
  });

  test('no fine is not judged', () => {
    expect(fieldOf(site({ kind: 'without-permit' }), '2022-06-01T00:00:00Z', 'ward', 0)).toBeUndefined();
  });
});
