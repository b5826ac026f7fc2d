import { urbanOrderAccess } from '#contracts/access/urban-order.ts';
import { violations } from '#contracts/events/urban-order/feeds.ts';
import { violationClosed } from '#contracts/events/urban-order/violation-closed.ts';
import { violationDecided } from '#contracts/events/urban-order/violation-decided.ts';
import { violationDismissed } from '#contracts/events/urban-order/violation-dismissed.ts';
import { violationMerged } from '#contracts/events/urban-order/violation-merged.ts';
import { violationMinuted } from '#contracts/events/urban-order/violation-minuted.ts';
import { violationRemedied } from '#contracts/events/urban-order/violation-remedied.ts';
import { violationReported } from '#contracts/events/urban-order/violation-reported.ts';
import { violationSuspended } from '#contracts/events/urban-order/violation-suspended.ts';
import { violationVerified } from '#contracts/events/urban-order/violation-verified.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';
import { violations as violationList } from './import/violations.ts';

/** Violations of building and urban order. */
export const urbanOrder = defineSubsystem({
  name: 'urban-order',
  words: { vi: 'Trật tự đô thị', en: 'Urban order' },
  access: urbanOrderAccess,
  events: [
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
  },
  units: {
    violations: { vi: 'vụ', en: 'violations' },
  },
  forms: [
    {
      kind: 'violation',
      words: { vi: 'Báo vi phạm', en: 'Report a violation' },
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
      ],
    },
  ],
  imports: [violationList],
});
