import { type DayOrder, dayOrderEvidence } from './dates.ts';

/**
 * Decides for one column, over the whole file, whether the day or the month stands first: a number above 12 can only be a day. One such
 * number decides; none leaves the column open; both kinds contradict each other.
 */
export class DayOrderEvidence {
  private firstAbove12: number | undefined;
  private secondAbove12: number | undefined;
  /** A line where exchanging the two would give another day. */
  private undecidedLine: number | undefined;
  private seen = false;

  observe(text: string, line: number): void {
    const numbers = dayOrderEvidence(text);
    if (!numbers) return;
    this.seen = true;
    if (numbers.first > 12) this.firstAbove12 ??= line;
    if (numbers.second > 12) this.secondAbove12 ??= line;
    if (numbers.first !== numbers.second) this.undecidedLine ??= line;
  }

  /** The order; undefined when no date of that form is there. A string says why it cannot be decided. */
  decide(): { order?: DayOrder } | { problem: string; line: number } {
    const { firstAbove12, secondAbove12, undecidedLine } = this;
    if (firstAbove12 !== undefined && secondAbove12 !== undefined)
      return {
        problem: `the column mixes dd/mm (line ${firstAbove12}) and mm/dd (line ${secondAbove12})`,
        line: Math.max(firstAbove12, secondAbove12),
      };
    if (firstAbove12 !== undefined) return { order: 'dmy' };
    if (secondAbove12 !== undefined) return { order: 'mdy' };
    if (undecidedLine !== undefined)
      return {
        problem: 'no date in the column tells whether day or month stands first; say --date-format dmy or mdy',
        line: undecidedLine,
      };
    return this.seen ? { order: 'dmy' } : {};
  }
}
