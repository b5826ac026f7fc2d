import type { Words } from '#contracts/words.ts';
import { type DayOrder, dayOrderEvidence } from './dates.ts';

/** From 1980-01-01 to 2049-12-31 in the 1900 date system. */
const isSpreadsheetDay = (text: string): boolean =>
  /^\d{5}(\.\d+)?$/.test(text) && Number(text) >= 29_221 && Number(text) < 54_789;

/**
 * Decides for one column, over the whole file, whether the day or the month stands first: a number above 12 can only be a day. One such
 * number decides; none leaves the column open; both kinds contradict each other.
 */
export class DayOrderEvidence {
  private cells = 0;
  private dayNumbers = 0;
  private firstDayNumber: { line: number; text: string } | undefined;
  private firstAbove12: number | undefined;
  private secondAbove12: number | undefined;
  /** A line where exchanging the two would give another day. */
  private undecidedLine: number | undefined;
  private seen = false;
  /** A date was written of which a spreadsheet would have understood either reading. */
  private bothUpTo12 = false;
  /** Lines with the year first whose last number is, and is not, one that a month may have. */
  private yearFirstUpTo12: number | undefined;
  private yearFirstAbove12: number | undefined;

  observe(text: string, line: number): void {
    this.cells++;
    if (isSpreadsheetDay(text)) {
      this.dayNumbers++;
      this.firstDayNumber ??= { line, text };
    }
    const numbers = dayOrderEvidence(text);
    if (!numbers) {
      const day = /^\d{4}-\d{2}-(\d{2})\b/.exec(text)?.[1];
      if (day !== undefined && Number(day) > 12) this.yearFirstAbove12 ??= line;
      else if (day !== undefined) this.yearFirstUpTo12 ??= line;
      return;
    }
    this.seen = true;
    // No day in either order: the cell is wrong, and says nothing of the others.
    if (numbers.first > 12 && numbers.second > 12) return;
    if (numbers.first > 12) this.firstAbove12 ??= line;
    if (numbers.second > 12) this.secondAbove12 ??= line;
    if (numbers.first !== numbers.second) this.undecidedLine ??= line;
    this.bothUpTo12 ||= numbers.first <= 12 && numbers.second <= 12;
  }

  /**
   * The first of them when every cell of the column is a day number of a spreadsheet. Beside written dates they are not believed: a spreadsheet
   * makes numbers of the dates that it misreads, and leaves the others as they were.
   */
  spreadsheetDays(): { line: number; text: string } | undefined {
    return this.dayNumbers === this.cells ? this.firstDayNumber : undefined;
  }

  /** The order; undefined when no date of that form is there. A string says why it cannot be decided. */
  decide(): { order?: DayOrder } | { problem: string; line: number } {
    const { firstAbove12, secondAbove12, undecidedLine } = this;
    if (firstAbove12 !== undefined && secondAbove12 !== undefined)
      return {
        problem: this.whyOpen().en,
        line: Math.max(firstAbove12, secondAbove12),
      };
    const exchanged = this.exchangedBySpreadsheet();
    if (exchanged)
      return {
        problem: `${exchanged.en}; mend the column, or say --date-format dmy or mdy and the days are taken as they stand`,
        line: this.yearFirstUpTo12!,
      };
    if (firstAbove12 !== undefined) return { order: 'dmy' };
    if (secondAbove12 !== undefined) return { order: 'mdy' };
    if (undecidedLine !== undefined)
      return {
        problem: `${this.whyOpen().en}; say --date-format dmy or mdy`,
        line: undecidedLine,
      };
    return this.seen ? { order: 'dmy' } : {};
  }

  /**
   * A spreadsheet set to month/day understands 08/05/2021 as 5 August, and leaves 13/08/2021 as text. What it understood has days up to 12 only, what it left has days above
   * 12 only, and nothing else tells the two apart.
   */
  private exchangedBySpreadsheet(): Words | undefined {
    const text = this.firstAbove12 ?? this.secondAbove12;
    const { yearFirstUpTo12: understood } = this;
    if (understood === undefined || text === undefined || this.yearFirstAbove12 !== undefined || this.bothUpTo12)
      return undefined;
    return {
      en: `every day that the spreadsheet understood (line ${understood}) is one up to 12, and every one that it left as text (line ${text}) is above: it has probably exchanged day and month of the former`,
      vi: `mọi ngày mà bảng tính hiểu được (dòng ${understood}) đều không quá 12, còn mọi ngày để dạng chữ (dòng ${text}) đều trên 12: có lẽ bảng tính đã đổi chỗ ngày và tháng`,
    };
  }

  /** Why `decide` cannot, in Vietnamese. */
  problemInVietnamese(): string {
    const { vi } = this.whyOpen();
    if (this.exchangedBySpreadsheet())
      return `${vi}; hãy sửa cột này, hoặc chọn --date-format dmy hay mdy để giữ nguyên các ngày như trong tệp`;
    return this.isMixed ? vi : `${vi}; hãy chọn --date-format dmy hoặc mdy`;
  }

  /** Why `decide` cannot, without a word on what to do about it: a form asks by itself. */
  whyOpen(): Words {
    const { firstAbove12, secondAbove12 } = this;
    const exchanged = this.exchangedBySpreadsheet();
    if (exchanged) return exchanged;
    return this.isMixed
      ? {
          vi: `cột lẫn lộn ngày/tháng (dòng ${firstAbove12}) và tháng/ngày (dòng ${secondAbove12})`,
          en: `the column mixes dd/mm (line ${firstAbove12}) and mm/dd (line ${secondAbove12})`,
        }
      : {
          vi: 'không ngày nào trong cột cho biết ngày hay tháng đứng trước',
          en: 'no date in the column tells whether day or month stands first',
        };
  }

  private get isMixed(): boolean {
    return this.firstAbove12 !== undefined && this.secondAbove12 !== undefined;
  }
}
