import { Problem } from '#platform/problem.ts';
import type { CitizenParts } from '../parts.ts';
import { fitsSecret, readReference } from '../reference.ts';
import { contactOf } from '../report/contacts.ts';

/** 404, alike whatever of a number is wrong. */
export const noSuchReference = () =>
  new Problem(404, 'No such reference number', {
    detail: 'No report of this district has this number.',
    vietnamese: {
      title: 'Không có mã này',
      detail: 'Không có phản ánh nào ở địa bàn có mã này. Xin kiểm tra lại từng chữ, số.',
    },
  });

/** The report of a reference number. @throws Problem 404 for a number that is none, alike whatever of it is wrong */
export async function reportOfReference(
  parts: Pick<CitizenParts, 'database' | 'kept'>,
  district: string,
  typed: string,
): Promise<string> {
  const read = readReference(typed);
  const contact = read && (await contactOf(parts.database, district, read.reportId));
  if (!read || !contact?.secretHash || !fitsSecret(district, read.reportId, read.secret, contact.secretHash))
    throw noSuchReference();
  return read.reportId;
}
