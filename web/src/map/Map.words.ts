import { both } from '../i18n/both.ts';

/** The map itself. */
export const mapWords = both(
  {
    label: 'Bản đồ địa bàn',
    failed: 'Không vẽ được bản đồ (cần WebGL2)',
  },
  {
    label: 'Map of the district',
    failed: 'The map cannot be drawn (WebGL2 is needed)',
  },
);
