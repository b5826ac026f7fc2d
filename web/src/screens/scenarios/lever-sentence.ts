import type { ScenarioLever } from '@vungxanh/services/contracts/scenarios.ts';
import { formatDay, formatNumber, type Language } from '../../i18n/format.ts';
import { fieldValue, leverFields } from './lever-fields.ts';
import type { ScenarioWords } from './scenarios.words.ts';

/** "Hạn chế đi lại: bớt đi lại 80 %, 26/8 – 15/9, Tân Phú, Phú Mỹ": one measure in one line. */
export function leverWords(
  lever: ScenarioLever,
  t: ScenarioWords,
  language: Language,
  nameOf: (areaId: string) => string,
  withAreas = true,
): string {
  const amounts = leverFields[lever.kind].flatMap(({ name, unit }) => {
    const value = fieldValue(lever, name);
    if (value === 0 && unit !== 'share') return [];
    const said = formatNumber(unit === 'share' ? value * 100 : value, language);
    return [`${t.levers.fields[name]!.toLocaleLowerCase()} ${said} ${t.levers.units[unit]}`];
  });
  const period = t.levers.period(formatDay(lever.fromDate, language), formatDay(lever.toDate, language));
  const areas = lever.areaIds ? lever.areaIds.map(nameOf).join(', ') : t.areas.all.toLocaleLowerCase();
  return `${t.levers.kinds[lever.kind]}: ${[...amounts, period, ...(withAreas ? [areas] : [])].join(', ')}`;
}
