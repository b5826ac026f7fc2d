/** When a series should not be forecast, and why: said by name, never answered with a silent number. */
import { type Panel, valueAt } from '../numerics/panels.ts';

export type AbstentionReason = 'too-little' | 'stale' | 'gap' | 'definition-break' | 'negative-correction';

export interface Abstention {
  readonly area: string;
  readonly reason: AbstentionReason;
  /** field, value and bound in words (English) */
  readonly detail: string;
  /** the same in words for people */
  readonly note: { readonly vi: string; readonly en: string };
}

/** Thrown when nothing of a request can be forecast. */
export class ForecastAbstainedError extends Error {
  override readonly name = 'ForecastAbstainedError';
  readonly abstentions: readonly Abstention[];
  constructor(abstentions: readonly Abstention[]) {
    super(`no forecast: ${abstentions.map((a) => `${a.area}: ${a.reason} (${a.detail})`).join('; ')}`);
    this.abstentions = abstentions;
  }
}

export interface AbstentionRules {
  /** least number of reported periods */
  leastPeriods: number;
  /** most periods between the last report and now */
  mostAge: number;
  /** a gap of more periods than this … */
  mostGap: number;
  /** … or a definition break counts within so many last periods */
  within: number;
}

export const weeklyRules: AbstentionRules = { leastPeriods: 12, mostAge: 2, mostGap: 2, within: 12 };
export const dailyRules: AbstentionRules = { leastPeriods: 84, mostAge: 10, mostGap: 7, within: 56 };

export interface DefinitionBreak {
  /** first period under the new definition */
  readonly period: number;
  /** all areas when absent */
  readonly area?: string;
}

/** @param now the current period; what is asked for starts after the last report */
export function findAbstentions(
  panel: Panel,
  now: number,
  breaks: readonly DefinitionBreak[],
  rules: AbstentionRules,
): Abstention[] {
  const found: Abstention[] = [];
  panel.areas.forEach((area, i) => {
    const say = (reason: AbstentionReason, vi: string, en: string) =>
      found.push({ area, reason, detail: en, note: { vi, en } });
    let reported = 0;
    let last = Number.NEGATIVE_INFINITY;
    let gap = 0;
    let widest = 0;
    for (let period = panel.first; period < panel.first + panel.length; period++) {
      const value = valueAt(panel, i, period);
      if (Number.isNaN(value)) {
        gap++;
        continue;
      }
      if (value < 0) {
        say(
          'negative-correction',
          `số ${value} ở kỳ ${period} nhỏ hơn 0`,
          `value ${value} in period ${period} is below 0`,
        );
        return;
      }
      if (reported > 0 && period > panel.first + panel.length - rules.within) widest = Math.max(widest, gap);
      gap = 0;
      reported++;
      last = period;
    }
    if (reported < rules.leastPeriods)
      say(
        'too-little',
        `mới có ${reported} kỳ báo cáo, cần ít nhất ${rules.leastPeriods}`,
        `${reported} reported periods, at least ${rules.leastPeriods}`,
      );
    else if (now - last > rules.mostAge)
      say(
        'stale',
        `báo cáo gần nhất cách đây ${now - last} kỳ, nhiều nhất là ${rules.mostAge}`,
        `last report ${now - last} periods ago, at most ${rules.mostAge}`,
      );
    else if (widest > rules.mostGap)
      say(
        'gap',
        `thiếu ${widest} kỳ liền nhau, nhiều nhất là ${rules.mostGap}`,
        `${widest} periods missing in a row, at most ${rules.mostGap}`,
      );
    else {
      const recent = breaks.find(
        (b) => (b.area === undefined || b.area === area) && b.period > now - rules.within && b.period <= now,
      );
      if (recent)
        say(
          'definition-break',
          `định nghĩa thay đổi ở kỳ ${recent.period}, phải cách đây ít nhất ${rules.within} kỳ`,
          `definition changed in period ${recent.period}, at least ${rules.within} ago`,
        );
    }
  });
  return found;
}
