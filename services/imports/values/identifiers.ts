import { ValueError } from './value-error.ts';

/** Takes back what a spreadsheet did to a code: "10033.0" was 10033. */
export const withoutDecimals = (text: string): string => text.trim().replace(/^(\d+)\.0+$/, '$1');

/** An identifier as the contracts want it, from a code that people use: other signs become "-". */
export function asIdentifier(text: string): string {
  const id = withoutDecimals(text)
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (id === '') throw new ValueError('no letter or digit');
  if (id.length > 70) throw new ValueError(`${id.length} signs; at most 70`);
  return id;
}
