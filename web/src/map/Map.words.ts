import { both } from '../i18n/both.ts';

/** The map itself. */
export const mapWords = both(
  {
    label: 'Bản đồ địa bàn',
    canvas: 'Bản đồ: mũi tên để di chuyển, + và − để phóng to, thu nhỏ. Danh sách khu vực nói cùng những con số.',
    failed: 'Không vẽ được bản đồ (cần WebGL2)',
  },
  {
    label: 'Map of the district',
    canvas: 'Map: arrow keys move it, + and − zoom. The list of areas says the same numbers.',
    failed: 'The map cannot be drawn (WebGL2 is needed)',
  },
);
