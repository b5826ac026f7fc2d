import { dictionary, faces } from '../../faces.ts';
import { both } from '../both.ts';

/** Words for values that no feed declares. */
const shared = both<Record<string, string>>(
  {
    all: 'mọi lứa tuổi',
    true: 'có',
    false: 'không',
    female: 'nữ',
    male: 'nam',
    other: 'khác',
    unknown: 'chưa rõ',
    'ward-health-station': 'trạm y tế phường',
  },
  {
    all: 'all ages',
    true: 'yes',
    false: 'no',
    female: 'female',
    male: 'male',
    other: 'other',
    unknown: 'unknown',
    'ward-health-station': 'ward health station',
  },
);
const declared = dictionary(...faces.feeds.map((feed) => feed.values).toReversed());

/** Words for the values of enumerations: statuses, kinds, categories. Where two feeds call one value otherwise, the earlier feed's. */
export const values = {
  vi: { ...declared.vi, ...shared.vi },
  en: { ...declared.en, ...shared.en },
};
