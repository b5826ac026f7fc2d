import { defineFeed } from '../../define-feed.ts';
import { businessForm, businessStatus } from './business-registered.ts';

export const businesses = defineFeed({
  name: 'businesses',
  words: { vi: 'Kinh doanh', en: 'Businesses' },
  layerWords: { vi: 'Cơ sở kinh doanh', en: 'Businesses' },
  points: {
    service: 'economy',
    noun: 'business',
    dataClass: 'public',
    categoryField: 'form',
    timeField: 'registeredDate',
    categories: businessForm.options,
    statuses: businessStatus.options,
    openStatuses: ['open', 'restricted'],
    goneStatuses: [],
    shape: { filled: true, radiusMetres: 10, smallestPixels: 1, largestPixels: 5 },
    colours: {
      light: { open: [8, 104, 92], over: [148, 160, 160] },
      dark: { open: [150, 240, 190], over: [108, 124, 122] },
    },
    openWords: { vi: 'đang mở', en: 'open' },
    overWords: { vi: 'tạm ngưng, đóng', en: 'suspended, closed' },
    collection: {
      id: 'business',
      title: 'businesses',
      description: 'enterprises and household businesses of the register: form, state, day of registration and place',
    },
  },
  values: {
    open: { vi: 'đang mở', en: 'open' },
    restricted: { vi: 'mở có giới hạn', en: 'open with limits' },
    suspended: { vi: 'tạm ngưng', en: 'suspended' },
    closed: { vi: 'đóng', en: 'closed' },
    enterprise: { vi: 'doanh nghiệp', en: 'enterprise' },
    household: { vi: 'hộ kinh doanh', en: 'household business' },
    unknown: { vi: 'chưa rõ', en: 'unknown' },
  },
});

export const indicators = defineFeed({
  name: 'indicators',
  words: { vi: 'Chỉ số kinh tế', en: 'Economic indicators' },
});
