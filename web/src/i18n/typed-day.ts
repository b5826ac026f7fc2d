const two = (number: number) => String(number).padStart(2, '0');

/**
 * A day as people type it, day first: 24/8/2021, 24-08-2021, 24.8.21, 24082021; or YYYY-MM-DD. Two digits of a year are of this century.
 *
 * @returns YYYY-MM-DD; null when it is no day of the calendar
 */
export function typedDay(text: string): string | null {
  const said = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said);
  const own =
    /^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})$/.exec(said) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(said);
  const [year, month, day] = iso ? iso.slice(1).map(Number) : own ? own.slice(1).map(Number).toReversed() : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const whole = `${year < 100 ? 2000 + year : year}-${two(month)}-${two(day)}`;
  const at = new Date(`${whole}T00:00:00Z`);
  // 31/02 would be read as 03/03.
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== whole ? null : whole;
}

/** A time of day as people type it: 7:05, 07h05, 0705, 7. @returns HH:MM; null when it is none */
export function typedTime(text: string): string | null {
  const found = /^(\d{1,2})(?:\s*[:hg.]\s*(\d{1,2})?|(\d{2}))?$/i.exec(text.trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? found[3] ?? 0)];
  return hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}` : null;
}

/** The day as it is typed and read, in both languages: DD/MM/YYYY. */
export const writtenDay = (day: string): string => day.split('-').toReversed().join('/');
