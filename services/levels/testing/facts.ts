import type { Counted, KnownShare, LevelFacts } from '../assess/facts.ts';

export const certain = (cases: number): Counted => ({ known: cases, high: cases });

/** Facts of an area of 100,000 people, so that a count is a rate: everybody vaccinated, care as asked, nothing missing. */
export function factsOf({
  cases = 0,
  shares = {},
  ...more
}: { cases?: number; shares?: Record<string, number | null> } & Partial<Omit<LevelFacts, 'shares'>> = {}): LevelFacts {
  const known = (share: number | null): KnownShare => ({
    numerator: share === null ? null : Math.round(share * 100_000),
    denominator: 100_000,
    ofArea: 'A',
  });
  const all = { '0 fullCourse': 1, '18 oneDose': 1, '50 fullCourse': 1, '65 fullCourse': 1, ...shares };
  return {
    areaId: 'A',
    day: '2021-11-08',
    windowFrom: '2021-11-01',
    windowTo: '2021-11-07',
    people: 100_000,
    community: certain(cases),
    all: certain(cases),
    onOxygen: certain(0),
    deaths: certain(0),
    shares: new Map(Object.entries(all).map(([key, share]) => [key, known(share)])),
    care: true,
    declared: null,
    reasons: [],
    ...more,
  };
}
