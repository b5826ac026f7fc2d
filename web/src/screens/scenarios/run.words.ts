import { both } from '../../i18n/both.ts';

/** The full run. */
export const runWords = both(
  {
    start: 'Chạy đầy đủ',
    again: 'Chạy lại',
    cancel: 'Hủy chạy',
    queued: (position: string) => `Đang chờ, còn ${position} lần chạy phía trước`,
    queuedNext: 'Đang chờ đến lượt',
    running: (percent: string) => `Đang chạy ${percent}`,
    completed: 'Kết quả đầy đủ đã thay ước tính nhanh',
    cached: 'Đã có sẵn kết quả của đúng câu hỏi này',
    cancelled: 'Đã hủy',
    failed: 'Lần chạy bị lỗi',
    changed: 'Kịch bản đã đổi sau lần chạy: chỗ đổi hiện ước tính nhanh',
    check: 'Có chỗ chưa đúng, xin xem lại ở từng ô',
    facts: 'Lần chạy',
    id: 'Mã',
    seed: 'Hạt giống',
    paths: 'Số đường',
    asOf: 'Theo lúc',
    needsScenario: 'Thêm ít nhất một kịch bản để chạy đầy đủ',
  },
  {
    start: 'Full run',
    again: 'Run again',
    cancel: 'Cancel run',
    queued: (position) => `Waiting, ${position} runs before this one`,
    queuedNext: 'Waiting for its turn',
    running: (percent) => `Running ${percent}`,
    completed: 'The full result has replaced the quick estimate',
    cached: 'The answer to exactly this question stood ready',
    cancelled: 'Cancelled',
    failed: 'The run failed',
    changed: 'Scenarios changed after the run: what changed shows the quick estimate',
    check: 'Something is not right, please look at the marked fields',
    facts: 'Run',
    id: 'Id',
    seed: 'Seed',
    paths: 'Paths',
    asOf: 'As of',
    needsScenario: 'Add at least one scenario for a full run',
  },
);

/** Runs of the district. */
export const runsWords = both(
  {
    title: 'Những lần chạy của địa bàn',
    none: 'Chưa có lần chạy nào',
    open: 'Mở lại',
    kinds: { comparison: 'So sánh', plan: 'Tìm phương án' },
    statuses: { queued: 'đang chờ', running: 'đang chạy', completed: 'xong', cancelled: 'đã hủy', failed: 'lỗi' },
    refresh: 'Tải lại danh sách',
  },
  {
    title: 'Runs of this district',
    none: 'No run yet',
    open: 'Open again',
    kinds: { comparison: 'Comparison', plan: 'Plan' },
    statuses: { queued: 'waiting', running: 'running', completed: 'done', cancelled: 'cancelled', failed: 'failed' },
    refresh: 'Load the list again',
  },
);
