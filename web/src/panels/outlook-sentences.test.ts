import { expect, test } from 'vitest';
import type { ReproductionDay } from '../api/outlook-answers.ts';
import { formatNumber, formatShare } from '../i18n/format.ts';
import { clusterWords } from './Clusters.words.ts';
import { clusterName, writtenP } from './cluster-name.ts';
import { forecastWords } from './ForecastText.words.ts';
import { reasonSentence, relativeSentence } from './forecast-sentences.ts';
import { reproductionWords } from './ReproductionText.words.ts';
import { growthSentence, reproductionSentence } from './reproduction-sentences.ts';

const vi = (value: number, digits = 0) => formatNumber(value, 'vi', digits);
const en = (value: number, digits = 0) => formatNumber(value, 'en', digits);
const last = (told: Partial<ReproductionDay>): { reproduction: ReproductionDay[] } => ({
  reproduction: [
    {
      date: '2021-08-24',
      cases: 5,
      mean: null,
      interval50: null,
      interval95: null,
      direction: null,
      hidden: 'too few cases',
      ...told,
    },
  ],
});

test('a hidden Rt says why, in both languages; an unknown reason is passed on', () => {
  expect(reproductionSentence(last({}), reproductionWords.vi, vi)).toEqual({
    text: 'Chỉ 5 ca trong 7 ngày: quá ít để tính Rt.',
    hidden: true,
  });
  expect(reproductionSentence(last({}), reproductionWords.en, en)?.text).toContain('Only 5 cases');
  expect(reproductionSentence(last({ hidden: 'moon' }), reproductionWords.en, en)?.text).toBe('Hidden: moon');
  expect(reproductionSentence({ reproduction: [] }, reproductionWords.en, en)).toBeUndefined();
});

test('a shown Rt is said with its interval', () => {
  const shown = last({ mean: 1.234, interval95: [1.1, 1.4], direction: 'growing', hidden: null });
  expect(reproductionSentence(shown, reproductionWords.vi, vi)).toEqual({
    text: 'Rt khoảng 1,23 (95 %: 1,1–1,4): dịch đang lan rộng.',
    hidden: false,
  });
});

test('growth is said as days to double or to halve, and never where it is unclear', () => {
  const growth = (doublingDays: number | null) => ({
    growth: { perDay: -0.1, interval95: [-0.2, 0.05] as [number, number], doublingDays, cases: 300 },
    growthHidden: null,
  });
  expect(growthSentence(growth(-5.56), reproductionWords.en, en)).toMatch(/^Cases halve in about 5.6 days; −9.5 %/);
  expect(growthSentence(growth(14.2), reproductionWords.en, en)).toMatch(/^Cases double in about 14 days/);
  expect(growthSentence(growth(null), reproductionWords.en, en)).toMatch(/not clear/);
  expect(growthSentence(growth(900), reproductionWords.en, en)).toMatch(/not clear/);
  const hidden = { growth: null, growthHidden: { reason: 'too few cases', cases: 9 } };
  expect(growthSentence(hidden, reproductionWords.vi, vi)).toBe('Quá ít ca (9) để tính tốc độ tăng.');
});

test('why the baseline is shown is said in the language of the screen', () => {
  const lost = "over the last 12 weeks the model's score was 1.71 times the baseline's (above 1 is worse)";
  expect(reasonSentence(lost, forecastWords.vi.why, vi)).toBe(
    'Vì trong 12 tuần qua mô hình sai gấp 1,71 lần mô hình cơ sở.',
  );
  const fresh = 'no track record yet: 2 past forecasts scored, at least 4 needed';
  expect(reasonSentence(fresh, forecastWords.en.why, en)).toContain('only 2');
  const young = 'no track record yet: forecasts of 1.4 weeks scored, at least 2 needed';
  expect(reasonSentence(young, forecastWords.vi.why, vi)).toContain('1,4 tuần, cần ít nhất 2');
  const flat = 'over the last 8 weeks the flat baseline made no error at all';
  expect(reasonSentence(flat, forecastWords.vi.why, vi)).toBe('Vì trong 8 tuần qua mô hình cơ sở không sai lần nào.');
  expect(reasonSentence('the moon', forecastWords.vi.why, vi)).toBe('Lý do: the moon.');
  expect(reasonSentence(null, forecastWords.en.why, en)).toBeUndefined();
});

test('errors are compared in words; nothing to compare is not equal', () => {
  const share = (value: number) => formatShare(value, 'en');
  expect(relativeSentence(0.8, forecastWords.en, share)).toBe("Error 20% smaller than the baseline's");
  expect(relativeSentence(1.36, forecastWords.en, share)).toBe("Error 36% larger than the baseline's");
  expect(relativeSentence(1.004, forecastWords.en, share)).toBe(forecastWords.en.equal);
  expect(relativeSentence(null, forecastWords.en, share)).toBeUndefined();
});

test('a cluster is named by its likeliest area, and p written as finely as it can be told', () => {
  expect(clusterName({ areaIds: ['a'] }, (id) => id.toUpperCase(), clusterWords.en)).toBe('A');
  expect(clusterName({ areaIds: ['a', 'b', 'c'] }, (id) => id.toUpperCase(), clusterWords.en)).toBe('A and 2 others');
  expect(writtenP(0.002, 499, en)).toBe('0.002');
  expect(writtenP(0.31, 99, en)).toBe('0.31');
});
