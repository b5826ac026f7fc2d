import { Problem } from '#platform/problem.ts';
import type { LevelPolicy } from '../policies/policy.ts';
import { type Declaration, isWithdrawn, levelAt } from './level-in-force.ts';

const hourMs = 3_600_000;

export type Direction = 'raise' | 'lower' | 'same';

/** Where no level was declared before, the lowest one is no raise. */
export const directionOf = (level: number, inForce: number | undefined): Direction =>
  level > (inForce ?? 1) ? 'raise' : level < (inForce ?? 1) ? 'lower' : 'same';

/** The first instant at which a level may take effect, by the policy's hours of notice. */
export function soonestEffect(policy: LevelPolicy, direction: Direction, now: string): string {
  const hours = direction === 'same' ? 0 : policy.noticeHours[direction];
  return new Date(Date.parse(now) + hours * hourMs).toISOString();
}

export interface DeclarationAsked {
  level: number;
  /** Left out: as soon as the notice allows. */
  takesEffectAt?: string | undefined;
}

/**
 * When an announced level takes effect. Pure.
 *
 * @param declarations of the area
 * @param care whether criterion 3 is met; null: not known
 * @throws Problem 409 when the area has a level scheduled already, has this level, or may not be lowered; 422 when the notice is too short
 */
export function decideDeclaration(
  policy: LevelPolicy,
  declarations: readonly Declaration[],
  { level, takesEffectAt }: DeclarationAsked,
  now: string,
  care: boolean | null,
): { takesEffectAt: string; direction: Direction } {
  const { inForce, scheduled } = levelAt(declarations, now);
  if (scheduled[0])
    throw new Problem(409, 'A level is scheduled already', {
      detail: 'Withdraw it first.',
      vietnamese: { title: 'Đã có một cấp độ chờ hiệu lực', detail: 'Hãy rút công bố đó trước.' },
      extensions: { scheduled: scheduled[0] },
    });
  if (inForce?.level === level)
    throw new Problem(409, 'This level is in force already', {
      vietnamese: { title: 'Cấp độ này đang có hiệu lực' },
      extensions: { inForce },
    });
  const direction = directionOf(level, inForce?.level);
  if (direction === 'lower' && care === false && policy.kind === 'matrix' && policy.careForbidsLowering)
    throw new Problem(409, 'The level may not be lowered', {
      detail: policy.careForbidsLowering.words.en,
      vietnamese: { title: 'Không được hạ cấp độ dịch', detail: policy.careForbidsLowering.words.vi },
      extensions: { inForce },
    });
  const soonest = soonestEffect(policy, direction, now);
  if (takesEffectAt !== undefined && Date.parse(takesEffectAt) < Date.parse(soonest)) {
    const words = {
      vi: `không trước ${soonest}: phải báo trước ${policy.noticeHours[direction === 'lower' ? 'lower' : 'raise']} giờ`,
      en: `not before ${soonest}: ${policy.noticeHours[direction === 'lower' ? 'lower' : 'raise']} hours of notice`,
    };
    throw new Problem(422, 'The notice is too short', {
      vietnamese: { title: 'Thời gian báo trước quá ngắn' },
      errors: [{ field: 'json.takesEffectAt', value: takesEffectAt, reason: words.en, words }],
    });
  }
  return { takesEffectAt: takesEffectAt ?? soonest, direction };
}

/** @throws Problem 409 when it is in force or withdrawn already */
export function assertWithdrawable(declaration: Declaration, now: string): void {
  if (isWithdrawn(declaration))
    throw new Problem(409, 'It is withdrawn already', { vietnamese: { title: 'Công bố này đã được rút' } });
  if (Date.parse(declaration.takesEffectAt) <= Date.parse(now))
    throw new Problem(409, 'It is in force already', {
      detail: 'Declare another level instead.',
      vietnamese: { title: 'Công bố này đã có hiệu lực', detail: 'Hãy công bố một cấp độ khác.' },
    });
}
