import { both } from '../i18n/both.ts';

/** Facilities of the base map, by class. */
export const placeWords = both(
  {
    title: 'Cơ sở y tế',
    kinds: { hospital: 'bệnh viện', 'ward-health-station': 'trạm y tế' } as Record<string, string>,
  },
  {
    title: 'Facilities',
    kinds: { hospital: 'hospital', 'ward-health-station': 'health station' } as Record<string, string>,
  },
);
