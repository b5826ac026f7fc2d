import type { DataClass } from '../define-event.ts';
import type { Words } from '../words.ts';
import { personRoles, type Role } from './roles.ts';

/**
 * For what rows of persons may be read, as policy. Asked once per sign-in; it stands in the ledger beside every look. Purposes are stated before data is
 * processed and bind what it is used for: Law 91/2025/QH15, as `docs/privacy.md` reads it.
 */
export const purposes = {
  'case-investigation': { vi: 'Điều tra ca bệnh, truy vết', en: 'Case investigation and contact tracing' },
  decision: { vi: 'Quyết định biện pháp phòng, chống dịch', en: 'Deciding on measures against an epidemic' },
  care: { vi: 'Khám, điều trị, theo dõi người bệnh', en: 'Care and follow-up of patients' },
  reporting: { vi: 'Báo cáo bệnh truyền nhiễm theo quy định', en: 'Reporting of notifiable diseases' },
  'data-quality': { vi: 'Kiểm tra và sửa dữ liệu', en: 'Checking and correcting data' },
  'person-request': { vi: 'Trả lời yêu cầu của chính người đó', en: 'Answering a request of the person' },
} as const satisfies Record<string, Words>;

export type Purpose = keyof typeof purposes;
export const purposeNames = Object.keys(purposes) as [Purpose, ...Purpose[]];

/** Speak of persons, and are no reading of patients: accounts of colleagues, who somebody is, and what a person brought by a file himself. */
const withoutPurpose: ReadonlySet<string> = new Set([
  'account.manage',
  'audit.note',
  'principal.resolve',
  'import.run',
  'import.read',
  'event.publish',
]);

/** Whether an action with such data asks people for a purpose: every new action with rows of persons does. */
export const asksPurpose = (action: string, dataClass: DataClass): boolean =>
  dataClass === 'person' && !withoutPurpose.has(action);

const askedRoles: ReadonlySet<Role> = new Set(personRoles);

/** Who has this role is asked. A feed says its purpose when its token is made; the exercise has no real persons; programmes and the operator show nobody anything. */
export const roleIsAsked = (role: Role): boolean => askedRoles.has(role);
