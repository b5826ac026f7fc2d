import type { LevelAssessment } from '@vungxanh/services/contracts/http/levels.ts';
import { describe, expect, test } from 'vitest';
import { reasonCodes } from '../../../services/levels/assess/facts.ts';
import { Words } from '../i18n/language.svelte.ts';
import { changeText, levelText, measureText, reasonTexts, shareSentence } from './level-sentences.ts';
import { levelWords } from './levels.words.ts';

const wordsIn = (language: 'vi' | 'en') => {
  const words = new Words();
  words.language = language;
  return words;
};
const [vi, en] = [wordsIn('vi'), wordsIn('en')];

test('a level that is known, and what is said of one that is not', () => {
  const said = (low: number, high: number) => levelText(vi, { low, high });
  expect(said(3, 3)).toBe('cấp 3 (cam)');
  expect(said(2, 4)).toBe('ít nhất cấp 2 (vàng)');
  expect(said(1, 3)).toBe('nhiều nhất cấp 3 (cam)');
  expect(said(2, 3)).toBe('từ cấp 2 đến cấp 3');
  expect(said(1, 4)).toBe('chưa xác định được');
  expect(levelText(en, { low: 2, high: 4 })).toBe('at least level 2 (yellow)');
});

describe('criterion 1 is a band, never a level', () => {
  const measured = (high: number | null) => ({
    measure: 'cases' as const,
    count: { known: 9, high },
    people: 20_000,
    ratePer100k: { low: 45, high: high === null ? null : high * 5 },
    band: { low: 2, high: high === 9 ? 2 : 3 },
    cuts: [20, 50, null].map((at) => ({ at, reached: 'at-least' as const, source: 's', verified: true })),
  });
  test('with its numbers and bounds', () => {
    expect(measureText(vi, measured(9), true)).toBe(
      '45 / 100.000 dân: 9 ca mới trong cộng đồng / 20.000 dân → mức 2 (tiêu chí 1), ngưỡng 20 · 50 · chưa rõ',
    );
    expect(measureText(vi, measured(12), false)).toContain(
      '45–60 / 100.000 dân: 9 ca mới / 20.000 dân → mức 2–3 (tiêu chí 1)',
    );
    expect(measureText(en, measured(null), false)).toContain('at least 45 per 100,000');
    expect(measureText(vi, measured(9), true)).not.toContain('cấp');
  });
});

test('a share with what is asked, and what would change the level', () => {
  const judged = {
    requirement: { id: 'x', fromAge: 18, dose: 'oneDose' as const, share: 0.7, source: 's', verified: false },
    ...{ numerator: 9500, denominator: 10_000, share: 0.95, met: true, ofArea: 'W', dataThrough: null, reason: null },
  };
  expect(shareSentence(vi, judged)).toBe('95% người từ 18 tuổi đã tiêm ít nhất 1 mũi (9.500 / 10.000), cần 70%: đạt');
  expect(shareSentence(vi, { ...judged, share: null, numerator: null, met: null })).toMatch(
    /^chưa rõ bao nhiêu người từ 18 tuổi.*: chưa rõ$/,
  );
  expect(changeText(vi, { of: 'cases', requirement: null, by: 3, level: 3 })).toBe('Thêm 3 ca trong 7 ngày → cấp 3');
  expect(changeText(vi, { of: 'cases', requirement: null, by: -2, level: 1 })).toBe('Bớt 2 ca trong 7 ngày → cấp 1');
  expect(changeText(en, { of: 'doses', requirement: 'x', by: 5000, level: 1 })).toBe(
    '5,000 more people vaccinated → level 1',
  );
});

test('every reason that the service has is said in both languages', () => {
  for (const code of reasonCodes)
    for (const words of [vi, en]) expect(words.of(levelWords).reasons[code], code).toBeTypeOf('function');
});

test('parameters are written as people read them', () => {
  const reasons: LevelAssessment['reasons'] = [
    { code: 'coverage-of-area-above', parameters: { areaId: 'W0' } },
    { code: 'reports-to-come', parameters: { known: 1200, atMost: 1300, share: 0.875 } },
    { code: 'coverage-old', parameters: { through: '2021-10-05', days: 30 } },
  ];
  expect(reasonTexts(vi, { reasons }, (areaId) => `Phường ${areaId}`)).toEqual([
    'tỷ lệ tiêm lấy của Phường W0',
    expect.stringMatching(/^đã biết 1\.200 ca \(khoảng 88% số ca của tuần\); khi đủ báo cáo có thể đến 1\.300$/),
    expect.stringContaining('5/10'),
  ]);
});
