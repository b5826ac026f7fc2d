import type { Words } from '#contracts/words.ts';

/** Words of a column or a title that make running totals of the numbers below. */
const runningWords =
  /\b(?:luy ke|luy tich|tich luy|cong don|cumulative|cumul|cum|running total|to date|den nay|tu dau (?:dich|nam|mua))\b/;
/** Words of a column of days: until then, and not on that day. */
const untilWords = /\b(?:tinh den|as of|up to|through|luy ke den|cong don den)\b/;
/** Words of a column of counts that say of themselves that they are of the period alone. */
const newWords = /\b(?:moi|trong ngay|trong tuan|hang ngay|theo ngay|new|daily|incident)\b/;

/** What the names of a file say, as plain text (contracts/names.ts). */
export interface NamesOfCounts {
  count: string;
  day: string;
  /** Lines above the column names. */
  titles: readonly string[];
}

/** Why the counts may be running totals, from names alone; undefined: the names do not say so. */
export function namedAsRunning({ count, day, titles }: NamesOfCounts): 'count' | 'day' | 'title' | undefined {
  if (runningWords.test(count)) return 'count';
  if (newWords.test(count)) return undefined;
  if (untilWords.test(day) || runningWords.test(day)) return 'day';
  return titles.some((title) => runningWords.test(title)) ? 'title' : undefined;
}

/** So many cells are kept; a file of more days than these shows it in the first. */
const mostCells = 200_000;
/** Days of one place, rises of the file: with fewer, a week that grows looks just so. */
const leastDays = 7;
const leastRises = 5;
/** Of the steps from one period to the next so few may go down: running totals are revised now and then, counts of days fall every other day. */
const mostFallingShare = 0.05;

/**
 * Whether the numbers of each place never fall while the periods are said to follow each other: so running totals are written, and hardly any counts of days.
 * A count that is masked or cannot be read says nothing.
 */
export class RunningTotalEvidence {
  private readonly places = new Map<string, { day: string; count: number; line: number }[]>();
  private cells = 0;

  /** @param day YYYY-MM-DD */
  observe(place: string, day: string, count: number, line: number): void {
    if (++this.cells > mostCells) return;
    const days = this.places.get(place) ?? [];
    days.push({ day, count, line });
    this.places.set(place, days);
  }

  /** Steps up and down over all places, days in their order, and the line of the last number of a place that only rises; undefined: too little to tell, or it falls. */
  neverFalls(): { rises: number; days: number; line: number } | undefined {
    let [rises, falls] = [0, 0];
    let longest: { days: number; line: number } | undefined;
    for (const told of this.places.values()) {
      const days = told.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
      let risesHere = 0;
      for (const [index, { day, count }] of days.entries()) {
        const before = days[index - 1];
        // Two numbers of one day are no step.
        if (!before || before.day === day) continue;
        if (count > before.count) risesHere++;
        if (count < before.count) falls++;
      }
      rises += risesHere;
      if (risesHere > 0 && days.length > (longest?.days ?? 0)) longest = { days: days.length, line: days.at(-1)!.line };
    }
    if (!longest || longest.days < leastDays || rises < leastRises) return undefined;
    return falls <= (rises + falls) * mostFallingShare ? { rises, ...longest } : undefined;
  }
}

/** What names or numbers show, in words: without how to answer. */
export function runningInWords(
  shown: { by: 'count' | 'day' | 'title' } | { by: 'numbers'; days: number },
  names: { count: string; day: string },
): Words {
  switch (shown.by) {
    case 'count':
      return {
        vi: `tên cột "${names.count}" nói là số lũy kế`,
        en: `the name of column "${names.count}" says running totals`,
      };
    case 'day':
      return {
        vi: `cột "${names.count}" đi với "${names.day}": có thể là số lũy kế đến ngày đó, không phải số của riêng ngày đó`,
        en: `column "${names.count}" stands beside "${names.day}": it may be the running total until that day, and not the count of the day`,
      };
    case 'title':
      return {
        vi: `dòng tiêu đề nói là số lũy kế, nên cột "${names.count}" có thể không phải số của từng ngày`,
        en: `a title says running totals, so column "${names.count}" may not hold the counts of each period`,
      };
    case 'numbers':
      return {
        vi: `các số trong cột "${names.count}" của từng nơi không hề giảm suốt ${shown.days} kỳ: trông như số lũy kế`,
        en: `the numbers of column "${names.count}" never fall for a place over ${shown.days} periods: they look like running totals`,
      };
  }
}
