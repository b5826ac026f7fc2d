import type { PointClock } from '@vungxanh/services/contracts/point-format.ts';
import { both } from '../i18n/both.ts';

/** What the map says of points: what is asked of somebody, and how many there are in a cell. */
export const cellWords = both(
  {
    clocks: { none: '', new: 'mới', due: 'sắp đến hạn (24 giờ)', late: 'quá hạn' } as Record<PointClock, string>,
    late: (count: string) => `${count} quá hạn`,
    due: (count: string) => `${count} sắp đến hạn`,
    fresh: (count: string) => `${count} mới`,
    open: (count: string) => `${count} chưa xong`,
    zoomIn: 'bấm để phóng to',
    legend: 'Số trong vòng tròn: bao nhiêu điểm ở đó. Nhãn nhỏ: bao nhiêu quá hạn.',
    kinds: 'Hình dạng: loại',
  },
  {
    clocks: { none: '', new: 'new', due: 'due within 24 hours', late: 'overdue' } as Record<PointClock, string>,
    late: (count) => `${count} overdue`,
    due: (count) => `${count} due soon`,
    fresh: (count) => `${count} new`,
    open: (count) => `${count} going on`,
    zoomIn: 'click to zoom in',
    legend: 'Number in a disc: how many points are there. Small label: how many are overdue.',
    kinds: 'Shape: kind',
  },
);
