import { type Formula, formulaOf as formulaIn, idsOf } from '../../lifecycle/read-figures.ts';
import { overdueSql } from '../violation/legal-clock.ts';
import { openStatuses } from '../violation/transitions.ts';

const openSql = (v: string) => `${v}.status IN (${openStatuses.map((status) => `'${status}'`).join(', ')})`;

const reportedWithin = (windowDays: number): Formula => ({
  id: `violations-reported-${windowDays}d`,
  version: 1,
  unit: 'violations',
  explanation: {
    vi: `Số vụ vi phạm xảy ra trong ${windowDays} ngày, tính đến hết ngày xem (theo giờ địa phương); không tính các phản ánh đã gộp.`,
    en: `Violations seen on the ${windowDays} local days that end with the day looked from; merged reports do not count.`,
  },
  sql: (v, moment, parameters) => {
    const day = parameters.add(moment.day);
    const local = `(${v}.occurred_at AT TIME ZONE ${parameters.add(moment.timeZone)})::date`;
    return `${v}.status <> 'merged' AND ${local} > ${day}::date - ${windowDays} AND ${local} <= ${day}::date`;
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
    sql: (v) => `${v}.status <> 'merged'`,
  },
  {
    id: 'violations-open',
    version: 1,
    unit: 'violations',
    explanation: {
      vi: 'Vụ chưa kết thúc: từ phản ánh đến đã khắc phục. Không tính đã đóng, bác bỏ, gộp.',
      en: 'Not at an end: from reported to remedied. Closed, dismissed and merged ones do not count.',
    },
    sql: (v) => openSql(v),
  },
  {
    id: 'violations-overdue',
    version: 1,
    unit: 'violations',
    explanation: {
      vi: 'Vụ chưa kết thúc mà bước hợp pháp tiếp theo đã quá hạn tại thời điểm xem; hạn theo nghị định có hiệu lực khi vi phạm xảy ra.',
      en: 'Open ones whose next lawful step is past its due time at the moment looked from; the term follows the decree in force when the breach happened.',
    },
    sql: (v, moment, parameters) =>
      `${openSql(v)} AND ${overdueSql(v, parameters.add(moment.timeZone), `${parameters.add(moment.instant)}::timestamptz`)}`,
  },
  reportedWithin(7),
  reportedWithin(30),
];

export const formulaIds = idsOf(formulas);
export const formulaOf = (id: string) => formulaIn(formulas, id);
