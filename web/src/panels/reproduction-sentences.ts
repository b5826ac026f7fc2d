import type { StatisticsAnswer } from '../api/outlook-answers.ts';
import type { ReproductionWords } from './ReproductionText.words.ts';

type Number = (value: number, digits?: number) => string;

/** Rt of the last window in words: its value with interval and what that means, or why it is hidden. */
export function reproductionSentence(
  answer: Pick<StatisticsAnswer, 'reproduction'>,
  t: ReproductionWords,
  number: Number,
): { text: string; hidden: boolean } | undefined {
  const last = answer.reproduction.at(-1);
  if (!last) return undefined;
  if (last.mean === null || !last.interval95) {
    const say = t.reasons[last.hidden ?? ''];
    return { text: say ? say(number(Math.floor(last.cases))) : `${t.hidden}: ${last.hidden}`, hidden: true };
  }
  const [low, high] = last.interval95;
  const value = t.now(number(last.mean, 2), number(low, 2), number(high, 2));
  return { text: `${value}: ${t.directions[last.direction ?? 'unclear']}.`, hidden: false };
}

const mostDaysSaid = 99;

/** Growth and doubling time in words. A doubling time longer than a season is no news. */
export function growthSentence(
  { growth, growthHidden }: Pick<StatisticsAnswer, 'growth' | 'growthHidden'>,
  t: ReproductionWords,
  number: Number,
): string | undefined {
  if (growthHidden) return t.growthHidden(number(Math.floor(growthHidden.cases)));
  if (!growth) return undefined;
  const percent = (perDay: number) => {
    const value = 100 * Math.expm1(perDay);
    return `${value < 0 ? '−' : '+'}${number(Math.abs(value), 1)} %`;
  };
  const daily = t.growth(percent(growth.perDay), percent(growth.interval95[0]), percent(growth.interval95[1]));
  const { doublingDays } = growth;
  if (doublingDays === null || Math.abs(doublingDays) > mostDaysSaid) return `${t.growthUnclear}; ${daily}.`;
  const days = number(Math.abs(doublingDays), Math.abs(doublingDays) < 10 ? 1 : 0);
  return `${doublingDays > 0 ? t.doubles(days) : t.halves(days)}; ${daily}.`;
}
