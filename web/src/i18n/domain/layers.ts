import { both } from '../both.ts';

/** Names of the layers of points. */
export const layerNames = both(
  { cases: 'Ca bệnh', violations: 'Vi phạm trật tự đô thị', businesses: 'Cơ sở kinh doanh' },
  { cases: 'Cases', violations: 'Urban-order violations', businesses: 'Businesses' },
);

/** What a layer's two colours stand for: what is going on, and what is over. */
export const layerStates = both(
  {
    cases: { open: 'đang điều trị', over: 'đã kết thúc' },
    violations: { open: 'chưa xử lý xong', over: 'đã xử lý' },
    businesses: { open: 'đang mở', over: 'tạm ngưng, đóng' },
  },
  {
    cases: { open: 'in care', over: 'ended' },
    violations: { open: 'unresolved', over: 'resolved' },
    businesses: { open: 'open', over: 'suspended, closed' },
  },
);
