import { instantOfWallClock } from '#platform/local-time.ts';
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

const yearFirst =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*([AP]M)?)?$/i;

/** What one text says about the order of its column: `first` and `second` are the leading numbers. Undefined: it says nothing. */
export function dayOrderEvidence(text: string): { first: number; second: number } | undefined {
  const match = yearLast.exec(text.trim());
  return match ? { first: Number(match[1]), second: Number(match[2]) } : undefined;
}

function wallClock(text: string, order: DayOrder | undefined): WallClock {
  const trimmed = text.trim();
  const iso = yearFirst.exec(trimmed);
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction, zone] = iso;
    return checked(
      { year: Number(year), month: Number(month), day: Number(day) },
      hour === undefined ? undefined : [Number(hour), Number(minute), Number(second ?? 0) + Number(fraction ?? 0)],
      zone,
    );
  }
  const last = yearLast.exec(trimmed);
  if (last) {
    if (!order) throw new ValueError('day and month cannot be told apart in this column; say --date-format dmy or mdy');
    const [, first, second, year, hour, minute, seconds, fraction, half] = last;
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    return checked(
      { year: Number(year), month: Number(month), day: Number(day) },
      hour === undefined
        ? undefined
        : [twelveHours(Number(hour), half), Number(minute), Number(seconds ?? 0) + Number(fraction ?? 0)],
    );
  }
  if (/^\d{5}(\.\d+)?$/.test(trimmed))
    throw new ValueError('a spreadsheet day number, not a date; format the column as a date and save again');
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\b/.test(trimmed))
    throw new ValueError('the year has two digits; four are wanted');
  throw new ValueError('not a date (YYYY-MM-DD, dd/mm/yyyy or m/d/yyyy, with or without time)');
}

function twelveHours(hour: number, half: string | undefined): number {
  if (!half) return hour;
  if (hour < 1 || hour > 12) throw new ValueError(`hour ${hour} with ${half}: 1 to 12`);
  return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

function checked(
  date: { year: number; month: number; day: number },
  time?: [number, number, number],
  zone?: string,
): WallClock {
  const { year, month, day } = date;
  if (month < 1 || month > 12) throw new ValueError(`month ${month}: 1 to 12`);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day < 1 || day > last) throw new ValueError(`day ${day} of month ${month} in ${year}: 1 to ${last}`);
  if (year < 1800 || year > 2200) throw new ValueError(`year ${year}: 1800 to 2200`);
  if (!time) return date;
  const [hour, minute, second] = time;
  if (hour > 23 || minute > 59 || second >= 60)
    throw new ValueError(`time ${hour}:${minute}:${second}: up to 23:59:59`);
  const timeMs = Math.round(((hour * 60 + minute) * 60 + second) * 1000);
  if (!zone) return { ...date, timeMs };
  if (zone.toUpperCase() === 'Z') return { ...date, timeMs, offsetMinutes: 0 };
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '');
  return { ...date, timeMs, offsetMinutes: sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) };
}

const two = (value: number) => String(value).padStart(2, '0');

/** The calendar day that a text names, YYYY-MM-DD: as written, whatever zone stands behind it. */
export function parseDay(text: string, order?: DayOrder): string {
  const { year, month, day } = wallClock(text, order);
  return `${year}-${two(month)}-${two(day)}`;
}

const noonMs = 12 * 3_600_000;

/** The instant that a text names, RFC 3339 in UTC. Without zone: local time of `timeZone`. Without time: noon, which no zone moves to another day. */
export function parseInstant(text: string, timeZone: string, order?: DayOrder): string {
  const { year, month, day, timeMs = noonMs, offsetMinutes } = wallClock(text, order);
  const wallMs = Date.UTC(year, month - 1, day) + timeMs;
  const ms = offsetMinutes === undefined ? instantOfWallClock(wallMs, timeZone) : wallMs - offsetMinutes * 60_000;
  return new Date(ms).toISOString();
}
