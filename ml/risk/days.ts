/** Calendar days as whole numbers (days since 1970-01-01), so that weeks are differences of 7 and no time zone can slip in. */
export function dayNumber(isoDate: string): number {
  const milliseconds = Date.parse(`${isoDate.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) throw new RangeError(`date must be YYYY-MM-DD, got "${isoDate}"`);
  return Math.round(milliseconds / 86_400_000);
}

export function isoDate(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
