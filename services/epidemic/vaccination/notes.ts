import { groupFrom } from '../../coverage/age-ranges.ts';
import type { AreaCoverage } from '../../coverage/area-coverage.ts';
import { bordersChanged } from '../../district/area-changes.ts';
import type { Note } from '../counts/notes.ts';

/** Why there is no coverage of these ages; undefined: there is. */
export function noteOfCoverage(
  { reason, missingParts, publishedAges, rows, numerator }: AreaCoverage,
  fromAge: number,
  nameOf: (areaId: string) => string,
): Note | undefined {
  const vi = fromAge === 0 ? 'mọi lứa tuổi' : `người từ ${fromAge} tuổi`;
  const en = fromAge === 0 ? 'all ages' : `people aged ${fromAge} and over`;
  switch (reason) {
    case undefined:
      return undefined;
    case 'no-feed':
      return { vi: 'quận này chưa có số tiêm chủng', en: 'no vaccination has been heard of in this district' };
    case 'borders-changed':
      return bordersChanged(missingParts.map(nameOf));
    case 'not-published':
      return { vi: 'không công bố ở cấp này', en: 'not published at this level' };
    case 'other-ages':
      return {
        vi: `không công bố cho ${vi}; chỉ có các nhóm ${publishedAges.join(', ')}`,
        en: `not published for ${en}; there are the groups ${publishedAges.join(', ')}`,
      };
    case 'value-missing':
      return {
        vi: `${namesOf(missingParts, nameOf)}: số của ${vi} để trống hoặc bị che vì quá nhỏ, không phải bằng 0`,
        en: `${namesOf(missingParts, nameOf)}: the number of ${en} is blank or masked as too small, which is not zero`,
      };
    case 'parts-missing': {
      const names = namesOf(missingParts, nameOf);
      return { vi: `chưa có số của ${names}`, en: `nothing is published for ${names}` };
    }
    case 'no-denominator': {
      const groups = rows.length > 0 ? [...new Set(rows.map((row) => row.ageGroup))].join(', ') : groupFrom(fromAge);
      return {
        vi: `chưa có dân số của nhóm tuổi ${groups} (đã tiêm ${numerator} người)`,
        en: `the population aged ${groups} is not known (${numerator} people vaccinated)`,
      };
    }
  }
}

/** Five names at most. */
const namesOf = (areaIds: readonly string[], nameOf: (areaId: string) => string): string =>
  `${areaIds.slice(0, 5).map(nameOf).join(', ')}${areaIds.length > 5 ? ' …' : ''}`;
