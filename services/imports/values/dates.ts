import { instantOfWallClock, localDay } from '#platform/local-time.ts';
import { ValueError } from './value-error.ts';

/** Order of day and month where a date is written with the year last. */
export type DayOrder = 'dmy' | 'mdy';

interface WallClock {
  year: number;
  month: number;
  day: number;
  /** Milliseconds into the day; missing: only a day was written. */
  timeMs?: number;
  /** Minutes ahead of UTC, when the text says. */
  offsetMinutes?: number;
}

/**
 * Time of day in up to five groups: hour, minute, second, fraction, half of the day. 7:05, 07:05:06.25, 7h30, 7g30, 7 giờ 30 phút, 7h. Halves: AM and
 * PM; SA and CH as Vietnamese spreadsheets write them; sáng, trưa, chiều, tối, đêm.
 */
const time = String.raw`(\d{1,2})(?::(\d{2})(?::(\d{2})(\.\d+)?)?|\s*(?:h|g|giờ)\s*(?:(\d{1,2})\s*(?:'|p|ph|phút)?)?)`;
const halfOfDay = String.raw`(?:\s*(AM|PM|SA|CH|sáng|trưa|chiều|tối|đêm|[ap]\.m\.))?`;
const yearFirst = new RegExp(
  String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s*${time}${halfOfDay}\s*(Z|[+-]\d{2}:?\d{2})?)?$`,
  'iu',
);
const yearLast = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ]+${time}${halfOfDay})?$`, 'iu');
/** "7h30 ngày 12/03/2021", "07:30 12/03/2021". */
const timeFirst = new RegExp(
  String.raw`^(?:lúc\s+)?(\d{1,2}(?::\d{2}(?::\d{2})?|\s*(?:h|g|giờ)\s*(?:\d{1,2}\s*(?:'|p|ph|phút)?)?)${halfOfDay.replace('(AM', '(?:AM')})[\s,;-]+(?:ngày\s+)?(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})$`,
  'iu',
);

/** "ngày 12 tháng 3 năm 2021", with or without the day of the week before it. */
const inWords =
  /^(?:(?:thứ\s+\p{L}+|chủ nhật),?\s+)?(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(?=\s|$)/iu;

/** A text with its day first, in figures. */
const dayFirst = (text: string): string =>
  text
    .trim()
    .normalize('NFC')
    .replace(timeFirst, '$2 $1')
    .replace(inWords, (_, day: string, month: string, year: string) => `${year}-${month}-${day}`);

/** What one text says about the order of its column: `first` and `second` are the leading numbers. Undefined: it says nothing. */
export function dayOrderEvidence(text: string): { first: number; second: number } | undefined {
  const match = yearLast.exec(dayFirst(text));
  return match ? { first: Number(match[1]), second: Number(match[2]) } : undefined;
}

function wallClock(text: string, order: DayOrder | undefined, spreadsheetDays: boolean): WallClock {
  const trimmed = dayFirst(text);
  const iso = yearFirst.exec(trimmed);
  if (iso) {
    const [, year, month, day, ...rest] = iso;
    return checked(
      { year: Number(year), month: Number(month), day: Number(day) },
      timeOf(rest.slice(0, 6) as (string | undefined)[]),
      rest[6],
    );
  }
  const last = yearLast.exec(trimmed);
  if (last) {
    if (!order)
      throw new ValueError(
        'day and month cannot be told apart in this column; say --date-format dmy or mdy',
        'không phân biệt được ngày và tháng trong cột này; hãy chọn --date-format dmy hoặc mdy',
      );
    const [, first, second, year, ...rest] = last;
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    return checked({ year: Number(year), month: Number(month), day: Number(day) }, timeOf(rest));
  }
  if (/^\d{5}(\.\d+)?$/.test(trimmed)) {
    if (spreadsheetDays) return spreadsheetDay(Number(trimmed));
    throw new ValueError(
      'a spreadsheet day number, not a date; format the column as a date and save again',
      'số thứ tự ngày của bảng tính, không phải ngày; hãy định dạng cột là ngày rồi lưu lại',
    );
  }
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\b/.test(trimmed))
    throw new ValueError('the year has two digits; four are wanted', 'năm chỉ có hai chữ số; cần bốn chữ số');
  throw new ValueError(
    'not a date (YYYY-MM-DD, dd/mm/yyyy or m/d/yyyy, with or without time)',
    'không phải ngày (YYYY-MM-DD, dd/mm/yyyy hoặc m/d/yyyy, có hoặc không có giờ)',
  );
}

/** Days since 1899-12-30, the parts of a day behind the point. Source: the 1900 date system of spreadsheets, which counts a 29 February 1900. */
function spreadsheetDay(days: number): WallClock {
  const whole = Math.floor(days);
  const date = new Date(Date.UTC(1899, 11, 30 + whole));
  const ymd = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  return Number.isInteger(days) ? ymd : { ...ymd, timeMs: Math.round((days - whole) * 86_400) * 1000 };
}

function timeOf(groups: (string | undefined)[]): [number, number, number] | undefined {
  const [hour, minute, seconds, fraction, minuteInWords, half] = groups;
  if (hour === undefined) return undefined;
  return [
    twelveHours(Number(hour), half),
    Number(minute ?? minuteInWords ?? 0),
    Number(seconds ?? 0) + Number(fraction ?? 0),
  ];
}

/** Sáng and SA are before noon. Trưa is around it: 11 or 12. Đêm is before midnight or after it. */
function twelveHours(hour: number, half: string | undefined): number {
  if (!half) return hour;
  const said = half.toLowerCase();
  const letters = said.replaceAll('.', '');
  const strict = letters === 'am' || letters === 'pm' || letters === 'sa' || letters === 'ch';
  if (hour < 1 || hour > 12) {
    // "15 giờ chiều" and "13:30 CH" are said as well; "13:30 PM" and "0:30 AM" are not.
    const late = hour > 12 && hour < 24;
    if (late && /^(ch|chiều|tối|đêm|trưa)$/.test(said)) return hour;
    if (hour === 0 && /^(sa|sáng|đêm)$/.test(said)) return hour;
    throw new ValueError(`hour ${hour} with ${half}: 1 to 12`, `giờ ${hour} với ${half}: từ 1 đến 12`);
  }
  if (strict) return (hour % 12) + (letters === 'pm' || letters === 'ch' ? 12 : 0);
  if (said === 'sáng') return hour % 12;
  if (said === 'trưa') return hour < 3 ? hour + 12 : hour;
  if (said === 'đêm') return hour === 12 ? 0 : hour < 6 ? hour : hour + 12;
  return hour === 12 ? 12 : hour + 12;
}

function checked(
  date: { year: number; month: number; day: number },
  time?: [number, number, number],
  zone?: string,
): WallClock {
  const { year, month, day } = date;
  if (month < 1 || month > 12) throw new ValueError(`month ${month}: 1 to 12`, `tháng ${month}: từ 1 đến 12`);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day < 1 || day > last)
    throw new ValueError(
      `day ${day} of month ${month} in ${year}: 1 to ${last}`,
      `ngày ${day} tháng ${month} năm ${year}: từ 1 đến ${last}`,
    );
  if (year < 1800 || year > 2200) throw new ValueError(`year ${year}: 1800 to 2200`, `năm ${year}: từ 1800 đến 2200`);
  if (!time) return date;
  const [hour, minute, second] = time;
  if (hour > 23 || minute > 59 || second >= 60)
    throw new ValueError(
      `time ${hour}:${minute}:${second}: up to 23:59:59`,
      `giờ ${hour}:${minute}:${second}: đến 23:59:59`,
    );
  const timeMs = Math.round(((hour * 60 + minute) * 60 + second) * 1000);
  if (!zone) return { ...date, timeMs };
  if (zone.toUpperCase() === 'Z') return { ...date, timeMs, offsetMinutes: 0 };
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '');
  return { ...date, timeMs, offsetMinutes: sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) };
}

const two = (value: number) => String(value).padStart(2, '0');

/**
 * The calendar day that a text names, YYYY-MM-DD. An instant with its zone (2026-11-24T17:00:00Z, as programmes print the midnight of 25 November in Việt Nam) is of the day that it is
 * in `timeZone`; midnight UTC is how they print a day alone, and stays as written.
 * @param spreadsheetDays the column holds day numbers of a spreadsheet @throws ValueError
 */
export function parseDay(text: string, timeZone: string, order?: DayOrder, spreadsheetDays = false): string {
  const { year, month, day, timeMs = 0, offsetMinutes } = wallClock(text, order, spreadsheetDays);
  if (offsetMinutes === undefined || (offsetMinutes === 0 && timeMs === 0)) return `${year}-${two(month)}-${two(day)}`;
  return localDay(Date.UTC(year, month - 1, day) + timeMs - offsetMinutes * 60_000, timeZone);
}

const noonMs = 12 * 3_600_000;

/**
 * The instant that a text names, RFC 3339 in UTC. Without zone: local time of `timeZone`. Without time: noon, which no zone moves to another day.
 * @param spreadsheetDays the column holds day numbers of a spreadsheet @throws ValueError
 */
export function parseInstant(text: string, timeZone: string, order?: DayOrder, spreadsheetDays = false): string {
  const { year, month, day, timeMs = noonMs, offsetMinutes } = wallClock(text, order, spreadsheetDays);
  const wallMs = Date.UTC(year, month - 1, day) + timeMs;
  const ms = offsetMinutes === undefined ? instantOfWallClock(wallMs, timeZone) : wallMs - offsetMinutes * 60_000;
  return new Date(ms).toISOString();
}
