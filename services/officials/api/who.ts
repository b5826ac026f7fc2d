import type { Reads } from '#platform/database.ts';
import type { Caller } from '#platform/permission.ts';
import { Problem } from '#platform/problem.ts';
import { notKnown } from '../../lifecycle/problems.ts';
import { type Officer, readOfficers } from '../register/read-officers.ts';

/** Who asks; an app that asks nobody who he is has no caller, and lets everybody do everything. */
interface Asking {
  var: { caller?: Caller | undefined };
}

/** The officer whose account asks; undefined: none. */
export async function ownOfficer(
  reads: Reads,
  { var: { caller } }: Asking,
  district: string,
): Promise<Officer | undefined> {
  const account = caller?.actor?.authid;
  return account === undefined ? undefined : (await readOfficers(reads, district, { account }))[0];
}

/**
 * The officer of whom something is asked: one's own, left out or named; another with the right for it alone.
 *
 * @param forOthers row of permissions
 * @throws Problem 403, 404; 422 when nobody is named and the account is of no officer
 */
export async function officerAsked(
  reads: Reads,
  context: Asking,
  district: string,
  { officerId, forOthers }: { officerId: string | undefined; forOthers: string },
): Promise<Officer> {
  const own = await ownOfficer(reads, context, district);
  if (own && (officerId === undefined || officerId === own.officerId)) return own;
  if (officerId === undefined)
    throw new Problem(422, 'Which officer?', {
      vietnamese: { title: 'Chưa rõ cán bộ nào' },
      errors: [
        {
          field: 'officerId',
          value: null,
          reason: 'an officer of the register: this account is of none',
          words: {
            vi: 'một cán bộ đã ghi danh: tài khoản này chưa gắn với ai',
            en: 'an officer of the register: this account is of none',
          },
        },
      ],
    });
  const { caller } = context.var;
  if (caller && !caller.may(forOthers, 'public', { district }))
    throw new Problem(403, 'Not permitted', {
      detail: 'Everybody sees and answers what is his own.',
      vietnamese: { title: 'Không được phép', detail: 'Mỗi người chỉ xem và trả lời phần của mình.' },
      extensions: { action: forOthers, dataClass: 'public', district },
    });
  const [found] = await readOfficers(reads, district, { officerId });
  if (!found) throw notKnown('officer', 'officerId', officerId);
  return found;
}
