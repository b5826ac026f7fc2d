import type { Words } from '#contracts/words.ts';
import { type NumberFormat, readingsOf } from './numbers.ts';

interface Seen {
  line: number;
  text: string;
}

/** The convention of a column; without one no cell of it depends on it. Or why it must be asked for; `evidence`: the same without how to answer. */
export type NumberDecision = { format?: NumberFormat } | { problem: Words; evidence: Words; line: number };

const quoted = ({ line, text }: Seen, word: string) => `"${text}" (${word} ${line})`;
const howToSay = {
  en: 'say --number-format vi (1.234,5) or en (1,234.5)',
  vi: 'hãy chọn cách viết số: --number-format vi (1.234,5) hoặc en (1,234.5)',
};

/**
 * Decides for one column, over the whole file, which sign stands before decimals and which between thousands. A number that only one convention
 * allows decides; in a column of counts so does one that only one convention makes whole (38.450 people are not 38.45). Where every number fits
 * both, the column is open. "12.000" of counts is never read as 12: only a thousands mark seen elsewhere, or the caller, decides it.
 */
export class NumberFormatEvidence {
  private readonly holds: 'count' | 'whole' | 'any';
  private readonly most: number;
  private readonly only: Partial<Record<NumberFormat, Seen>> = {};
  /** Cells with two readings, by the sign in them. */
  private readonly both: { point?: Seen; comma?: Seen } = {};
  /** A count with a fraction below 1000: no count, or what a spreadsheet left of a thousand. */
  private fraction: Seen | undefined;

  /** @param most no value of the column is above it @param holds 'count': only whole numbers are right in the column, and a fraction makes all of them doubtful; 'whole': a fraction is one wrong cell */
  constructor(holds: 'count' | 'whole' | 'any', most = Number.POSITIVE_INFINITY) {
    this.holds = holds;
    this.most = most;
  }

  private get whole(): boolean {
    return this.holds !== 'any';
  }

  /** What the column itself decides; undefined when it is open, or contradicts itself. */
  own(): NumberFormat | undefined {
    const { en, vi } = this.only;
    if (this.fraction || (en && vi)) return undefined;
    return en ? 'en' : vi ? 'vi' : undefined;
  }

  observe(text: string, line: number): void {
    const { en, vi } = readingsOf(text);
    if (en === vi || isGroupedBeyond(text, this.most)) return;
    const seen = { line, text };
    if (en === undefined || vi === undefined) {
      const [format, value] = en === undefined ? (['vi', vi!] as const) : (['en', en] as const);
      this.only[format] ??= seen;
      if (this.holds === 'count' && !Number.isInteger(value) && Math.abs(value) < 1000) this.fraction ??= seen;
    } else if (this.whole && Number.isInteger(en) !== Number.isInteger(vi))
      this.only[Number.isInteger(en) ? 'en' : 'vi'] ??= seen;
    else if (text.includes('.')) this.both.point ??= seen;
    else this.both.comma ??= seen;
  }

  /** @param elsewhere what the other columns of the file have decided, when they agree */
  decide(elsewhere?: NumberFormat): NumberDecision {
    const { only, both, whole, fraction } = this;
    if (only.en && only.vi) {
      const [first, second] = [only.en, only.vi].sort((a, b) => a.line - b.line) as [Seen, Seen];
      return asked(
        second.line,
        `the column writes numbers in two ways, ${quoted(first, 'line')} and ${quoted(second, 'line')}`,
        `cột viết số theo hai cách, ${quoted(first, 'dòng')} và ${quoted(second, 'dòng')}`,
      );
    }
    if (fraction)
      return asked(
        fraction.line,
        `${quoted(fraction, 'line')} is no whole number in a column of counts; if a spreadsheet has taken a thousands mark for a decimal point, every number of the column is wrong`,
        `${quoted(fraction, 'dòng')} không phải là số nguyên trong cột đếm; nếu bảng tính đã coi dấu nghìn là dấu thập phân thì mọi số trong cột đều sai`,
      );
    const decided = this.own() ?? elsewhere;
    // The sign that would stand before decimals: in counts it is not believed of "12.000".
    const doubtful = decided === undefined ? (both.point ?? both.comma) : decided === 'en' ? both.point : both.comma;
    if (doubtful && (whole || decided === undefined)) {
      const { en, vi } = readingsOf(doubtful.text);
      return open(doubtful, en!, vi!);
    }
    const depends = only.en ?? only.vi ?? both.point ?? both.comma;
    return decided && depends ? { format: decided } : {};
  }
}

/** "12.000" in a column that holds no thousands: with the mark between thousands it is too large, and nobody writes twelve so. */
export function isGroupedBeyond(text: string, most: number): boolean {
  const { en, vi } = readingsOf(text);
  return en !== undefined && vi !== undefined && en !== vi && Math.max(Math.abs(en), Math.abs(vi)) > most;
}

function open(seen: Seen, en: number, vi: number): NumberDecision {
  return asked(
    seen.line,
    `${quoted(seen, 'line')} may be ${vi} or ${en}, and nothing in the file tells which`,
    `${quoted(seen, 'dòng')} có thể là ${vi} hoặc ${en}, và không có gì trong tệp cho biết`,
  );
}

const asked = (line: number, en: string, vi: string): NumberDecision => ({
  line,
  evidence: { en, vi },
  problem: { en: `${en}; ${howToSay.en}`, vi: `${vi}; ${howToSay.vi}` },
});
