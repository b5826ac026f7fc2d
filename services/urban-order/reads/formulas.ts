import sql, { raw, type Sql } from 'sql-template-tag';
import type { Moment } from '../../district/moment.ts';
import { type Formula, formulaOf as formulaIn, idsOf } from '../../lifecycle/read-figures.ts';
import { overdueAt } from '../violation/legal-clock.ts';
import { openStatuses } from '../violation/transitions.ts';

const isOpen: Sql = raw(`v.status IN (${openStatuses.map((status) => `'${status}'`).join(', ')})`);

/** SQL: the local day on which the breach of `v` was seen. */
export const seenOn = ({ timeZone }: Pick<Moment, 'timeZone'>): Sql =>
  sql`(v.occurred_at AT TIME ZONE ${timeZone})::date`;

const reportedWithin = (windowDays: number): Formula => ({
  id: `violations-reported-${windowDays}d`,
  version: 1,
  unit: 'violations',
  explanation: {
    vi: `Số vụ vi phạm xảy ra trong ${windowDays} ngày, tính đến hết ngày xem (theo giờ địa phương); không tính các phản ánh đã gộp.`,
    en: `Violations seen on the ${windowDays} local days that end with the day looked from; merged reports do not count.`,
  },
  condition: (moment) => {
    const { day } = moment;
    return sql`v.status <> 'merged' AND ${seenOn(moment)} > ${day}::date - ${windowDays}::int AND ${seenOn(moment)} <= ${day}::date`;
  },
});

/** What is counted of violations: conditions on a row `v` of violation_versions. */
export const formulas: Formula[] = [
  {
    id: 'violations',
    version: 1,
    unit: 'violations',
    explanation: {
      vi: 'Mọi vụ vi phạm đã biết, ở mọi trạng thái; phản ánh đã gộp được tính một lần, ở vụ nhận gộp.',
      en: 'Every violation known, in any status; a merged report counts once, as the one it was merged into.',
    },
    condition: () => sql`v.status <> 'merged'`,
  },
  {
    id: 'violations-open',
    version: 1,
    unit: 'violations',
    explanation: {
      vi: 'Vụ chưa kết thúc: từ phản ánh đến đã khắc phục. Không tính đã đóng, bác bỏ, gộp.',
      en: 'Not at an end: from reported to remedied. Closed, dismissed and merged ones do not count.',
    },
    condition: () => isOpen,
  },
  {
    id: 'violations-overdue',
    version: 1,
    unit: 'violations',
    explanation: {
      vi: 'Vụ chưa kết thúc mà bước hợp pháp tiếp theo đã quá hạn tại thời điểm xem; hạn theo nghị định có hiệu lực khi vi phạm xảy ra.',
      en: 'Open ones whose next lawful step is past its due time at the moment looked from; the term follows the decree in force when the breach happened.',
    },
    condition: (moment) => sql`${isOpen} AND ${overdueAt(moment)}`,
  },
  reportedWithin(7),
  reportedWithin(30),
];

export const formulaIds = idsOf(formulas);
export const formulaOf = (id: string) => formulaIn(formulas, id);
