import { parseArgs } from 'node:util';
import '../../services/services.ts';
import { kindNames } from '../../services/imports/kinds.ts';

/** What was asked cannot be done as it was written. */
export class UsageError extends Error {}

export const usage = `npm run import -- KIND FILE [options]

KIND   ${kindNames().join(', ')}
FILE   CSV (comma, semicolon, tab; .gz too) or GeoJSON

  --district ID            the district it is for (q7)
  --map field=column,…     columns that the guess does not find; field= takes a guess back
  --set field=value,…      the same value on every row
  --dry-run                mapping, preview, counts and rejects, judged by the door; nothing is journalled
  --date-format dmy|mdy    where the file cannot tell day from month
  --number-format vi|en    where it cannot tell thousands from decimals: vi 1.234,5 or en 1,234.5
  --no-place               rows that are nowhere are meant: they count in the district and in no ward
  --period week|day|N      length of a counted period whose start is not in the file, days
  --sheet NAME             of a workbook (.xlsx) in which several sheets hold something
  --crs EPSG:…             coordinates that are not degrees
  --recorded-at TIME       recorded districts: when the facts were known, if the rows do not say (RFC 3339)
  --source NAME            names the source (the file's name); the same name and file a second time change nothing
  --valid-from DAY         areas: first day on which the borders hold
  --ends ID,…  --keeps ID,…  areas: known areas that the layer covers in part and does not name: they end, or they stay
  --reform DAY             areas, without FILE: a reform of borders that is known as data: 2024-03-14, 2025-07-01 (District 7)
  --root ID                areas: the area above all of them (--root-name NAME)
  --create-district        registers the district when it is missing: --name NAME --time-zone ZONE --clock recorded|live --centre LON,LAT
  --rejects FILE           where rejected rows are written (.data/imports/….rejects.csv)
  --restart                from the beginning, although an earlier run was interrupted
  --url URL                the running product (the one of this data folder, or http://localhost:8080)
  --data DIR               the data folder (.data)
  --help                   this text`;

export interface ImportOptions {
  kind: string;
  file: string;
  district: string;
  told: { map: Record<string, string>; set: Record<string, string> };
  dryRun: boolean;
  dayOrder?: 'dmy' | 'mdy';
  numberFormat?: 'vi' | 'en';
  /** A file without a place is meant. */
  placeless: boolean;
  periodDays?: number;
  restart: boolean;
  create?: { name: string; timeZone: string; clock: 'live' | 'recorded'; centre: { lon: number; lat: number } };
  text: Partial<
    Record<
      | 'crs'
      | 'sheet'
      | 'ends'
      | 'reform'
      | 'keeps'
      | 'recorded-at'
      | 'source'
      | 'valid-from'
      | 'root'
      | 'root-name'
      | 'rejects'
      | 'url'
      | 'data',
      string
    >
  >;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

export function readImportOptions(args: string[]): ImportOptions {
  const { values, positionals } = parsed(args);
  const [kind, file = values.reform && kind === 'areas' ? '' : undefined] = positionals;
  if (!kind || file === undefined || positionals.length > (values.reform ? 1 : 2)) throw new UsageError(usage);
  if (!kindNames().includes(kind)) throw new UsageError(`kind "${kind}": one of ${kindNames().join(', ')}`);
  const order = values['date-format'];
  if (order !== undefined && order !== 'dmy' && order !== 'mdy')
    throw new UsageError(`--date-format ${order}: dmy or mdy`);
  const format = values['number-format'];
  if (format !== undefined && format !== 'vi' && format !== 'en')
    throw new UsageError(`--number-format ${format}: vi (1.234,5) or en (1,234.5)`);
  return {
    kind,
    file,
    district: values.district!,
    told: { map: pairs('--map', values.map), set: pairs('--set', values.set) },
    dryRun: values['dry-run']!,
    ...(order ? { dayOrder: order } : {}),
    ...(format ? { numberFormat: format } : {}),
    placeless: values['no-place']!,
    ...(values.period ? { periodDays: periodDays(values.period) } : {}),
    restart: values.restart!,
    ...(values['create-district'] ? { create: newDistrict(values) } : {}),
    text: values as ImportOptions['text'],
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        district: { type: 'string', default: 'q7' },
        map: { type: 'string', multiple: true },
        set: { type: 'string', multiple: true },
        'dry-run': flag,
        'date-format': text,
        'number-format': text,
        'no-place': flag,
        period: text,
        crs: text,
        sheet: text,
        ends: text,
        reform: text,
        keeps: text,
        'recorded-at': text,
        source: text,
        'valid-from': text,
        root: text,
        'root-name': text,
        'create-district': flag,
        name: text,
        'time-zone': text,
        clock: text,
        centre: text,
        rejects: text,
        restart: flag,
        url: text,
        data: text,
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

function pairs(option: string, told: string[] = []): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of told.flatMap((list) => list.split(','))) {
    const [name, ...rest] = pair.split('=');
    if (!name || rest.length === 0) throw new UsageError(`${option} ${pair}: field=value`);
    found[name.trim()] = rest.join('=').trim();
  }
  return found;
}

function periodDays(told: string): number {
  const days = told === 'week' ? 7 : told === 'day' ? 1 : Number(told);
  if (!Number.isInteger(days) || days < 1 || days > 366)
    throw new UsageError(`--period ${told}: week, day, or 1 to 366 days`);
  return days;
}

function newDistrict(values: { name?: string; 'time-zone'?: string; clock?: string; centre?: string }) {
  const { name, clock = 'live' } = values;
  const [lon, lat] = (values.centre ?? '').split(',').map(Number);
  if (!name || !values['time-zone']) throw new UsageError('--create-district needs --name and --time-zone');
  if (clock !== 'live' && clock !== 'recorded') throw new UsageError(`--clock ${clock}: live or recorded`);
  if (!Number.isFinite(lon) || !Number.isFinite(lat))
    throw new UsageError('--create-district needs --centre LON,LAT in degrees');
  return { name, timeZone: values['time-zone'], clock: clock as 'live' | 'recorded', centre: { lon: lon!, lat: lat! } };
}
