import type { Geometry } from 'geojson';
import type { Words } from '#contracts/words.ts';

export interface Row {
  /** Line of the file, from 1; of a GeoJSON file the number of the feature. */
  line: number;
  cells: string[];
  geometry?: Geometry | null;
  /** Why it is no row though it stands among them: a total, a note, the column names again. It is rejected with this. */
  aside?: Words;
  /** Columns whose cells somebody has mended: they are no evidence of how the file writes days and numbers. */
  mended?: ReadonlySet<number>;
}

/** A line of a spreadsheet in which nothing was written: it is no row, and not counted. */
export const isBlankRow = ({ cells, geometry }: Row): boolean => !geometry && cells.every((cell) => cell.trim() === '');

/** A file as rows under named columns. Reading throws DamagedFile at the end when the file is damaged anywhere. */
export interface Table {
  columns: string[];
  delimiter?: string;
  /** What `line` counts. */
  unit: 'line' | 'feature';
  /** Coordinate reference system that the file names, such as "EPSG:32648". */
  crs?: string;
  /** What stands above the column names, line by line. */
  titles?: string[];
  /** What was not read as rows or columns. */
  findings?: Words[];
  rows: (options?: { onRead?: (bytes: number) => void }) => AsyncGenerator<Row>;
}
