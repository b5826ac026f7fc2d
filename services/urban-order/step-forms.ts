import type { EntryField, EntryForm } from '#contracts/entry-form.ts';
import { buildings, partyKinds, procedures, works } from '#contracts/events/urban-order/violation-step.ts';
import type { Words } from '#contracts/words.ts';
import { lawfulSteps, type Step, violationStatuses } from './violation/transitions.ts';

const text = (name: string, vi: string, en: string): EntryField => ({ name, type: 'text', words: { vi, en } });
const longText = (name: string, vi: string, en: string): EntryField => ({ name, type: 'longText', words: { vi, en } });

const choice = (name: string, options: readonly string[], vi: string, en: string): EntryField => ({
  ...{ name, type: 'choice', options, words: { vi, en } },
});
/** What was found at the site: it decides the next step, its term and who may decide. */
const site: readonly EntryField[] = [
  choice('works', works, 'Tình trạng thi công', 'State of the works'),
  choice('building', buildings, 'Loại công trình', 'What is built'),
  choice('partyKind', partyKinds, 'Người vi phạm', 'Who did it'),
];

/** What is filled in for each step, in the order in which a file goes through them. Every box may stay empty but that of the other file. */
const steps: readonly [Step, Words, readonly EntryField[]][] = [
  ['verify', { vi: 'Xác minh', en: 'Verify' }, site],
  [
    'minute',
    { vi: 'Lập biên bản', en: 'Draw up the minutes' },
    [
      text('minutesNumber', 'Số biên bản', 'Number of the minutes'),
      ...site,
      choice('procedure', procedures, 'Thủ tục ra quyết định', 'Way to the decision'),
    ],
  ],
  ['suspend', { vi: 'Đình chỉ thi công', en: 'Suspend the works' }, []],
  [
    'decide',
    { vi: 'Ra quyết định xử phạt', en: 'Decide the penalty' },
    [
      text('decisionNumber', 'Số quyết định', 'Number of the decision'),
      {
        name: 'authority',
        type: 'choice',
        options: ['ward', 'district', 'city'],
        words: { vi: 'Cấp ra quyết định', en: 'Deciding authority' },
      },
      { name: 'fineVnd', type: 'number', words: { vi: 'Tiền phạt (đồng)', en: 'Fine (đồng)' } },
      { name: 'remedyDueDate', type: 'date', words: { vi: 'Hạn khắc phục', en: 'To be put right by' } },
    ],
  ],
  [
    'enforce',
    { vi: 'Ra quyết định cưỡng chế', en: 'Decide the enforcement' },
    [
      text('decisionNumber', 'Số quyết định cưỡng chế', 'Number of the decision to enforce'),
      { name: 'remedyDueDate', type: 'date', words: { vi: 'Hạn thi hành', en: 'To be carried out by' } },
    ],
  ],
  ['remedy', { vi: 'Ghi nhận đã khắc phục', en: 'Record the remedy' }, []],
  ['close', { vi: 'Kết thúc hồ sơ', en: 'Close the file' }, [text('outcome', 'Kết quả', 'Outcome')]],
  ['cancel', { vi: 'Hủy quyết định xử phạt', en: 'Cancel the decision' }, [longText('reason', 'Lý do', 'Reason')]],
  ['expire', { vi: 'Ghi nhận hết thời hiệu', en: 'Out of limitation' }, [longText('reason', 'Lý do', 'Reason')]],
  ['dismiss', { vi: 'Bác bỏ', en: 'Dismiss' }, [longText('reason', 'Lý do', 'Reason')]],
  [
    'merge',
    { vi: 'Gộp vào vụ khác', en: 'Merge into another' },
    [
      {
        name: 'intoViolationId',
        type: 'text',
        required: true,
        words: { vi: 'Mã vụ được giữ lại', en: 'Number of the file that stays' },
      },
    ],
  ],
];

/** Forms of the lawful steps, for the page of a violation. */
export const stepForms: readonly EntryForm[] = steps.map(([step, words, fields]) => ({
  kind: `violation-${step}`,
  of: 'violation',
  step,
  after: violationStatuses.filter((status) => [true, false].some((works) => lawfulSteps(status, works).includes(step))),
  words,
  path: `/api/urban-order/violations/{violationId}/${step}`,
  idField: 'violationId',
  feed: 'violations',
  fields: [
    ...fields,
    text('officer', 'Cán bộ', 'Officer'),
    longText('note', 'Ghi chú', 'Note'),
    { name: 'occurredAt', type: 'instant', words: { vi: 'Xảy ra lúc', en: 'Happened' } },
  ],
}));
