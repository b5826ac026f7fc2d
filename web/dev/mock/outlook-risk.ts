import { normalCdf } from '@vungxanh/ml/numerics';
import type { Question } from './answers.ts';
import type { MockHistory } from './history.ts';
import { completedWeek, dailyCounts, dateOf, lastWholeDay, silent, sumOf, weeklyGrowth } from './outlook-counts.ts';

const cuts = [20, 50, 150];
const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** As GET /api/risk: a lognormal rate that grows on, damped, and widens. */
export function mockRisk(history: MockHistory, question: Question, level: 'district' | 'ward' | 'neighbourhood') {
  const counts = dailyCounts(history, question.district, question.asOfMs);
  const lastDay = lastWholeDay(question.asOfMs);
  const wards = history.areas.filter((area) => area.level === 'ward');
  const rateOf = (areaId: string, people: number) => (completedWeek(counts.get(areaId)!, lastDay) / people) * 1e5;
  const typical = Math.exp(
    wards.reduce((sum, { areaId, population }) => sum + Math.log(rateOf(areaId, population) + 1), 0) / wards.length,
  );
  const areas = history.areas
    .filter((area) => area.level === level)
    .map(({ areaId, name, population }) => {
      const days = counts.get(areaId)!;
      const common = {
        areaId,
        name,
        dataThroughDate: dateOf(lastDay),
        cuts,
        modelId: `risk-mock-1-${dateOf(lastDay)}-5eed`,
        knownAt: level === 'ward' ? new Date(question.asOfMs).toISOString() : null,
      };
      if (areaId.endsWith(silent.risk) || areaId.endsWith(silent.smallRisk))
        return { ...common, abstention: { reason: 'too-little', detail: '2 weeks of history, at least 4' } };
      const rate = rateOf(areaId, population);
      const growth = weeklyGrowth(days, lastDay);
      const presentBand = 1 + cuts.filter((cut) => rate >= cut).length;
      const horizons = [1, 2, 3, 4].map((weeks) => {
        const middle = Math.log(rate + 1) + growth * (1 - 0.7 ** weeks) * 1.4;
        const spread = 0.3 + 0.14 * weeks;
        const below = [0, ...cuts.map((cut) => normalCdf((Math.log(cut) - middle) / spread)), 1];
        const bands = cuts.concat(0).map((_, band) => round(below[band + 1]! - below[band]!, 4));
        return {
          weeks,
          targetDate: dateOf(lastDay + 7 * weeks),
          bands,
          rise: round(
            bands.slice(presentBand).reduce((sum, share) => sum + share, 0),
            4,
          ),
          fall: round(
            bands.slice(0, presentBand - 1).reduce((sum, share) => sum + share, 0),
            4,
          ),
        };
      });
      const score = round(
        horizons
          .slice(0, 2)
          .reduce((sum, { bands }) => sum + bands.reduce((inner, share, band) => inner + band * share, 0), 0) *
          (100 / 6),
        1,
      );
      return {
        ...common,
        score,
        ratePer100k: round((sumOf(days, lastDay - 6, lastDay) / population) * 1e5, 2),
        nowcastPer100k: round(rate, 2),
        presentBand,
        riseIn2Weeks: horizons[1]!.rise,
        fallIn2Weeks: horizons[1]!.fall,
        baseDate: dateOf(lastDay),
        horizons,
        drivers: driversOf(rate, typical, growth),
        context: [
          {
            name: 'coverage',
            value: 0.39,
            mean: 0.41,
            effectPerWeek: null,
            low: null,
            high: null,
            moves: false,
            vi: 'Đã tiêm đủ liều: 39 %; trung bình các khu: 41 %; không tính vào điểm: chưa thấy tác động',
            en: 'Fully vaccinated: 39%; mean of the areas: 41%; not in the score: no effect seen',
          },
        ],
        card: {
          kind: 'risk-walk-forward',
          codeVersion: 'mock-1',
          origins: 14,
          cells: 420,
          score: 0.101,
          baselineScore: 0.202,
          relativeScore: 0.5,
        },
      };
    });
  return {
    district: question.district,
    asOf: new Date(question.asOfMs).toISOString(),
    onDay: dateOf(lastDay + 1),
    level,
    source: level === 'ward' ? 'said' : 'computed',
    policy: { id: 'qd-4800-2021', cuts, source: 'Quyết định 4800/QĐ-BYT (mock)', verified: false },
    scoreMeaning: {
      vi: '0: chắc chắn ở mức thấp nhất trong hai tuần tới; 100: chắc chắn ở mức cao nhất',
      en: '0: certain to stay in the lowest band in the next two weeks; 100: certain to be in the highest',
    },
    changeMeaning: {
      vi: 'rise và fall: xác suất ở mức cao hơn hoặc thấp hơn mức hiện nay',
      en: 'rise and fall: probability of a higher or a lower band than the present one',
    },
    areas,
  };
}

function driversOf(rate: number, typical: number, growth: number) {
  const points = [round(growth * 25, 1), round(Math.log((rate + 1) / typical) * 12, 1), round(growth * 6 + 1, 1)];
  const [vi, en] = ['vi-VN', 'en-GB'].map(
    (locale) => (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 0 }),
  ) as [(value: number) => string, (value: number) => string];
  const change = `${growth < 0 ? '−' : '+'}${Math.abs(100 * Math.expm1(growth)).toFixed(0)}`;
  const all = [
    {
      driver: 'growth',
      points: points[0]!,
      vi: `Khu này tăng giảm so với tuần trước: ${change} %`,
      en: `This area against the week before: ${change}%`,
    },
    {
      driver: 'level',
      points: points[1]!,
      vi: `Số mới trong tuần: ${vi(rate)} ca trên 100.000 dân; mức phổ biến của các khu: ${vi(typical)}`,
      en: `New cases this week: ${en(rate)} per 100,000; a typical area has ${en(typical)}`,
    },
    {
      driver: 'neighbours',
      points: points[2]!,
      vi: `Các khu lân cận: ${vi(typical)} ca trên 100.000 dân, khu này: ${vi(rate)}`,
      en: `Neighbouring areas have ${en(typical)} per 100,000, this area ${en(rate)}`,
    },
  ];
  return all.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
}
