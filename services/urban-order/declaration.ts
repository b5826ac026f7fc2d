import { urbanOrderAccess } from '#contracts/access/urban-order.ts';
import { violations } from '#contracts/events/urban-order/feeds.ts';
import { violationCancelled } from '#contracts/events/urban-order/violation-cancelled.ts';
import { violationClosed } from '#contracts/events/urban-order/violation-closed.ts';
import { violationDecided } from '#contracts/events/urban-order/violation-decided.ts';
import { violationDismissed } from '#contracts/events/urban-order/violation-dismissed.ts';
import { violationEnforcing } from '#contracts/events/urban-order/violation-enforcing.ts';
import { violationExpired } from '#contracts/events/urban-order/violation-expired.ts';
import { violationMerged } from '#contracts/events/urban-order/violation-merged.ts';
import { violationMinuted } from '#contracts/events/urban-order/violation-minuted.ts';
import { violationRemedied } from '#contracts/events/urban-order/violation-remedied.ts';
import { violationReported } from '#contracts/events/urban-order/violation-reported.ts';
import { violationSuspended } from '#contracts/events/urban-order/violation-suspended.ts';
import { violationVerified } from '#contracts/events/urban-order/violation-verified.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';
import { violations as violationList } from './import/violations.ts';
import { stepForms } from './step-forms.ts';

/** Violations of building and urban order. */
export const urbanOrder = defineSubsystem({
  name: 'urban-order',
  words: { vi: 'Trật tự đô thị', en: 'Urban order' },
  access: urbanOrderAccess,
  events: [
    violationCancelled,
    violationEnforcing,
    violationExpired,
    violationClosed,
    violationDecided,
    violationDismissed,
    violationMerged,
    violationMinuted,
    violationRemedied,
    violationReported,
    violationSuspended,
    violationVerified,
  ],
  feeds: [violations],
  figures: [
    { id: 'violations-open', words: { vi: 'Vi phạm chưa xử lý xong', en: 'Violations unresolved' }, main: true },
    { id: 'violations-overdue', words: { vi: 'Vi phạm quá hạn', en: 'Violations overdue' }, main: true },
    { id: 'violations', words: { vi: 'Vi phạm đã biết', en: 'Violations known' } },
    { id: 'violations-reported-7d', words: { vi: 'Vi phạm trong 7 ngày', en: 'Violations in 7 days' } },
    { id: 'violations-reported-30d', words: { vi: 'Vi phạm trong 30 ngày', en: 'Violations in 30 days' } },
  ],
  fields: {
    violationId: { vi: 'Mã vụ', en: 'Violation' },
    occurredAt: { vi: 'Xảy ra lúc', en: 'Happened' },
    reference: { vi: 'Số hồ sơ', en: 'File number' },
    dueAt: { vi: 'Hạn xử lý', en: 'Due' },
    overdue: { vi: 'Quá hạn', en: 'Overdue' },
    nextSteps: { vi: 'Bước tiếp', en: 'Next steps' },
    dueStep: { vi: 'Bước đang chờ', en: 'Step that is waited for' },
    reporter: { vi: 'Người báo', en: 'Reporter' },
    sourceKind: { vi: 'Loại theo nguồn tin', en: 'Kind in the words of the source' },
    minutesNumber: { vi: 'Số biên bản', en: 'Number of the minutes' },
    decisionNumber: { vi: 'Số quyết định', en: 'Number of the decision' },
    authority: { vi: 'Cấp ra quyết định', en: 'Deciding authority' },
    fineVnd: { vi: 'Tiền phạt (đồng)', en: 'Fine (đồng)' },
    remedyDueDate: { vi: 'Hạn khắc phục', en: 'To be put right by' },
    mergedInto: { vi: 'Đã gộp vào vụ', en: 'Merged into' },
    intoViolationId: { vi: 'Gộp vào vụ', en: 'Merged into' },
    receivedAt: { vi: 'Tiếp nhận lúc', en: 'Received' },
    works: { vi: 'Tình trạng thi công', en: 'State of the works' },
    building: { vi: 'Loại công trình', en: 'What is built' },
    partyKind: { vi: 'Người vi phạm', en: 'Who did it' },
    procedure: { vi: 'Thủ tục ra quyết định', en: 'Way to the decision' },
    officer: { vi: 'Cán bộ', en: 'Officer' },
    note: { vi: 'Ghi chú', en: 'Note' },
    reason: { vi: 'Lý do', en: 'Reason' },
    outcome: { vi: 'Kết quả', en: 'Outcome' },
  },
  units: {
    violations: { vi: 'vụ', en: 'violations' },
  },
  forms: [
    {
      kind: 'violation',
      words: { vi: 'Tiếp nhận tin vi phạm', en: 'Report a violation' },
      path: '/api/urban-order/violations',
      idField: 'violationId',
      feed: 'violations',
      fields: [
        {
          name: 'kind',
          type: 'choice',
          required: true,
          options: violations.points.categories,
          words: { vi: 'Loại vi phạm', en: 'Kind of violation' },
        },
        { name: 'areaId', type: 'area' },
        { name: 'location', type: 'place' },
        { name: 'address', type: 'text', words: { vi: 'Địa chỉ', en: 'Address' } },
        { name: 'description', type: 'longText', words: { vi: 'Mô tả', en: 'Description' } },
        { name: 'reporter', type: 'text', words: { vi: 'Người báo', en: 'Reporter' } },
        { name: 'reference', type: 'text', words: { vi: 'Số hồ sơ', en: 'File number' } },
        { name: 'occurredAt', type: 'instant', words: { vi: 'Xảy ra lúc', en: 'Happened' } },
      ],
    },
    ...stepForms,
  ],
  imports: [violationList],
});
