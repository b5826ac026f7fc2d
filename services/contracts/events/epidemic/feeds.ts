import { defineFeed } from '../../define-feed.ts';
import { caseStatus } from './case-confirmed.ts';

export const cases = defineFeed({
  name: 'cases',
  words: { vi: 'Ca bệnh', en: 'Cases' },
  points: {
    service: 'epidemic',
    noun: 'case',
    dataClass: 'person',
    categoryField: 'exposure',
    timeField: 'confirmedDate',
    categories: ['community', 'quarantine', 'imported', 'unknown'],
    statuses: caseStatus.options,
    openStatuses: ['active', 'home-care', 'hospitalised', 'intensive-care'],
    goneStatuses: ['not-a-case'],
    shownAtFirst: true,
    shape: { filled: true, radiusMetres: 16, smallestPixels: 1.3, largestPixels: 7 },
    colours: {
      light: { open: [122, 18, 92], over: [150, 140, 158] },
      dark: { open: [255, 214, 240], over: [146, 132, 152] },
    },
    openWords: { vi: 'đang điều trị', en: 'in care' },
    overWords: { vi: 'đã kết thúc', en: 'ended' },
  },
  values: {
    active: { vi: 'đang theo dõi', en: 'under follow-up' },
    'home-care': { vi: 'điều trị tại nhà', en: 'home care' },
    hospitalised: { vi: 'nằm viện', en: 'in hospital' },
    'intensive-care': { vi: 'hồi sức', en: 'intensive care' },
    recovered: { vi: 'khỏi', en: 'recovered' },
    deceased: { vi: 'tử vong', en: 'died' },
    'not-a-case': { vi: 'loại trừ', en: 'ruled out' },
    community: { vi: 'cộng đồng', en: 'community' },
    quarantine: { vi: 'khu cách ly', en: 'quarantine' },
    imported: { vi: 'nhập cảnh', en: 'border' },
    unknown: { vi: 'chưa rõ', en: 'unknown' },
  },
});

export const counts = defineFeed({
  name: 'counts',
  words: { vi: 'Số ca công bố', en: 'Published counts' },
  values: {
    'new-cases': { vi: 'ca mới', en: 'new cases' },
    'cumulative-cases': { vi: 'ca cộng dồn', en: 'cumulative cases' },
    deaths: { vi: 'tử vong', en: 'deaths' },
    tests: { vi: 'xét nghiệm', en: 'tests' },
    admissions: { vi: 'nhập viện', en: 'admissions' },
  },
});
export const vaccination = defineFeed({ name: 'vaccination', words: { vi: 'Tiêm chủng', en: 'Vaccination' } });
export const capacity = defineFeed({
  name: 'capacity',
  words: { vi: 'Năng lực điều trị', en: 'Treatment capacity' },
  values: {
    hospital: { vi: 'bệnh viện', en: 'hospital' },
    'field-hospital': { vi: 'bệnh viện dã chiến', en: 'field hospital' },
    'health-station': { vi: 'trạm y tế', en: 'health station' },
    'mobile-station': { vi: 'trạm y tế lưu động', en: 'mobile station' },
    'care-team': { vi: 'tổ chăm sóc', en: 'care team' },
  },
});
