/** Faults that a later hub folder may bring, each as a change of the tables of one series. */
import { dateAfter } from '../numerics/days.ts';

export type Row = Record<string, string>;

export interface HubTables {
  readonly folder: 'covid-us' | 'flu-us';
  readonly target: 'hosp' | 'ed';
  rounds: Row[];
  /** by signal; a signal that is deleted has no file */
  vintages: Record<string, Row[]>;
  truth: Record<string, Row[]>;
  locations: Row[];
  ending: '\n' | '\r\n';
  columns: 'kept' | 'turned';
}

/** Changes the tables it is given (a copy); null where the fault has no meaning for the series. */
type Fault = (tables: HubTables) => HubTables | null;

const shiftDate = (date: string, days: number): string => dateAfter(date, days) + date.slice(10);

const vintageDates = (rows: readonly Row[]): string[] => [...new Set(rows.map((r) => r.as_of!))].sort();

/** The same change for each row of the target's vintages; null leaves the row out. */
function eachReport(change: (row: Row, tables: HubTables) => Row | null): Fault {
  return (tables) => {
    const rows = tables.vintages[tables.target]!;
    tables.vintages[tables.target] = rows.map((row) => change(row, tables)).filter((row) => row !== null);
    return tables;
  };
}

/** Moves every date by whole weeks, so that the rounds lie in another part of the year or beyond the known constants. */
function moved(weeks: number): Fault {
  return (tables) => {
    const shifted = (rows: Row[]) =>
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, cell]) => [
            name,
            /^\d{4}-\d\d-\d\d/.test(cell) ? shiftDate(cell, 7 * weeks) : cell,
          ]),
        ),
      );
    tables.rounds = shifted(tables.rounds);
    for (const signal of Object.keys(tables.vintages)) {
      tables.vintages[signal] = shifted(tables.vintages[signal]!);
      tables.truth[signal] = shifted(tables.truth[signal]!);
    }
    return tables;
  };
}

const isEd = (tables: HubTables) => tables.target === 'ed';
const scaled = (row: Row, factor: number, tables: HubTables): Row => ({
  ...row,
  value: isEd(tables)
    ? String(Math.min(1, Number(row.value) * factor))
    : String(Math.round(Number(row.value) * factor)),
});
const lastWeekOf = (tables: HubTables) => tables.rounds.at(-1)!.last_observed_week!;
/** the last observed week of the vintage a row stands in */
const weekSeen = (row: Row, back: number) => shiftDate(row.as_of!.slice(0, 10), -4 - 7 * back);

const withSignal =
  (change: (tables: HubTables) => void): Fault =>
  (tables) => {
    if (tables.target !== 'hosp' || !tables.vintages.ed) return null;
    change(tables);
    return tables;
  };

export const faultsOf: Record<string, Fault> = {
  none: (tables) => tables,
  'only one round': (tables) => {
    tables.rounds = tables.rounds.slice(-1);
    return tables;
  },
  'only one round and one vintage': (tables) => {
    tables.rounds = tables.rounds.slice(-1);
    for (const [signal, rows] of Object.entries(tables.vintages)) {
      const last = vintageDates(rows).at(-1);
      tables.vintages[signal] = rows.filter((r) => r.as_of === last);
    }
    return tables;
  },
  'rounds a year later, history as long': moved(52),
  'rounds across the turn of the year': (tables) =>
    moved(isEd(tables) || tables.folder === 'covid-us' ? 15 : -22)(tables),
  'short history, ten weeks': eachReport((row, tables) =>
    row.target_end_date! < shiftDate(tables.rounds[0]!.last_observed_week!, -70) ? null : row,
  ),
  'history of three weeks': eachReport((row, tables) =>
    row.target_end_date! < shiftDate(tables.rounds[0]!.last_observed_week!, -14) ? null : row,
  ),
  'no truth files': (tables) => {
    tables.truth = {};
    return tables;
  },
  'a vintage missing': (tables) => {
    const rows = tables.vintages[tables.target]!;
    const gone = vintageDates(rows).at(-3);
    tables.vintages[tables.target] = rows.filter((r) => r.as_of !== gone);
    return tables;
  },
  'a vintage with three areas': eachReport((row, tables) =>
    row.as_of!.slice(0, 10) === tables.rounds.at(-2)!.as_of!.slice(0, 10) && !['06', '36', '48'].includes(row.location!)
      ? null
      : row,
  ),
  'last week missing for all': eachReport((row) => (row.target_end_date! >= weekSeen(row, 0) ? null : row)),
  'last three weeks missing for all': eachReport((row) => (row.target_end_date! >= weekSeen(row, 2) ? null : row)),
  'last week missing for half': eachReport((row) =>
    row.target_end_date! >= weekSeen(row, 0) && Number(row.location) % 2 === 0 ? null : row,
  ),
  'a week missing for all': eachReport((row, tables) =>
    row.target_end_date === shiftDate(lastWeekOf(tables), -42) ? null : row,
  ),
  'rows twice': (tables) => {
    tables.vintages[tables.target] = tables.vintages[tables.target]!.flatMap((row) => [row, row]);
    return tables;
  },
  'empty cells': eachReport((row, tables) =>
    Number(row.location) % 3 === 0 && row.target_end_date! > shiftDate(lastWeekOf(tables), -60)
      ? { ...row, value: '' }
      : row,
  ),
  'NaN and NA cells': eachReport((row) =>
    row.location === '04' ? { ...row, value: 'NaN' } : row.location === '12' ? { ...row, value: 'NA' } : row,
  ),
  'words and infinities': eachReport((row) =>
    row.location === '04' ? { ...row, value: 'n/a' } : row.location === '12' ? { ...row, value: 'Infinity' } : row,
  ),
  'negative cells': eachReport((row) => (Number(row.location) % 4 === 0 ? { ...row, value: `-${row.value}` } : row)),
  'all zeros in one area': eachReport((row) => (row.location === '17' ? { ...row, value: '0' } : row)),
  'all zeros everywhere': eachReport((row) => ({ ...row, value: '0' })),
  'an area that starts three weeks ago': eachReport((row, tables) =>
    row.location === '06' && row.target_end_date! < shiftDate(lastWeekOf(tables), -21) ? null : row,
  ),
  'an area with one report': eachReport((row, tables) =>
    row.location === '06' && row.target_end_date !== lastWeekOf(tables) ? null : row,
  ),
  'an area that never reports': eachReport((row) => (row.location === '48' ? null : row)),
  'an area that stopped half a year ago': eachReport((row, tables) =>
    row.location === '36' && row.target_end_date! > shiftDate(lastWeekOf(tables), -180) ? null : row,
  ),
  'only one area reports': eachReport((row) => (row.location === '06' ? row : null)),
  'backfill triples the last month': eachReport((row) =>
    row.target_end_date! >= weekSeen(row, 0) ? { ...row, value: String(Number(row.value) / 3) } : row,
  ),
  'everything three times higher since a month': eachReport((row, tables) =>
    row.target_end_date! > shiftDate(lastWeekOf(tables), -30) ? scaled(row, 3, tables) : row,
  ),
  'one area ten thousand times higher': eachReport((row, tables) =>
    row.location === '30' && row.target_end_date === lastWeekOf(tables) ? scaled(row, 10_000, tables) : row,
  ),
  'all fall to nothing in the last week': eachReport((row) =>
    row.target_end_date! >= weekSeen(row, 0) ? { ...row, value: '0' } : row,
  ),
  'shares above a half': eachReport((row, tables) =>
    isEd(tables) ? { ...row, value: String(Math.min(1, Number(row.value) * 60)) } : row,
  ),
  'weeks after the last observed one': eachReport((row) => ({
    ...row,
    target_end_date: shiftDate(row.target_end_date!, 14),
  })),
  'more areas, without population': (tables) => {
    tables.locations.push({ ...tables.locations[0]!, location: '99', population: '' });
    tables.locations.push({ ...tables.locations[0]!, location: '98', population: 'NA' });
    return tables;
  },
  'an area that is not in the list': (tables) => {
    tables.vintages[tables.target]!.push(
      ...tables.vintages[tables.target]!.filter((r) => r.location === '06').map((r) => ({ ...r, location: '77' })),
    );
    return tables;
  },
  'no total': (tables) => {
    tables.locations = tables.locations.filter((r) => r.location !== 'US');
    return tables;
  },
  'other columns, other order': (tables) => {
    tables.columns = 'turned';
    for (const rows of [tables.rounds, tables.locations, ...Object.values(tables.vintages)])
      for (const row of rows) row.note = 'x';
    return tables;
  },
  'carriage returns': (tables) => {
    tables.ending = '\r\n';
    return tables;
  },
  'other series among the rounds': (tables) => {
    tables.rounds.push({
      ...tables.rounds[0]!,
      series: 'deaths',
      reference_date: '2031-01-04',
      last_observed_week: '2030-12-28',
    });
    return tables;
  },
  'rounds in any order': (tables) => {
    tables.rounds.reverse();
    return tables;
  },
  'no second signal': withSignal((tables) => {
    delete tables.vintages.ed;
    delete tables.truth.ed;
  }),
  'second signal: no vintages': withSignal((tables) => {
    delete tables.vintages.ed;
  }),
  'second signal: no truth': withSignal((tables) => {
    delete tables.truth.ed;
  }),
  'second signal: begins later than the rounds': withSignal((tables) => {
    const from = tables.rounds.at(-2)!.as_of!;
    tables.vintages.ed = tables.vintages.ed!.filter((r) => r.as_of! >= from);
    delete tables.truth.ed;
  }),
  'second signal: last vintage missing': withSignal((tables) => {
    const gone = vintageDates(tables.vintages.ed!).slice(-2);
    tables.vintages.ed = tables.vintages.ed!.filter((r) => !gone.includes(r.as_of!));
  }),
  'second signal: stopped two months ago': withSignal((tables) => {
    const until = shiftDate(lastWeekOf(tables), -60);
    tables.vintages.ed = tables.vintages.ed!.filter((r) => r.target_end_date! < until);
  }),
  'second signal: empty': withSignal((tables) => {
    tables.vintages.ed = [];
    tables.truth.ed = [];
  }),
  'second signal: half of the areas': withSignal((tables) => {
    tables.vintages.ed = tables.vintages.ed!.filter((r) => Number(r.location) % 2 === 0);
    tables.truth.ed = tables.truth.ed!.filter((r) => Number(r.location) % 2 === 0);
  }),
};
