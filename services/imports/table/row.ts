import type { Geometry } from 'geojson';

export interface Row {
  /** Line of the file, from 1; of a GeoJSON file the number of the feature. */
  line: number;
  cells: string[];
  geometry?: Geometry | null;
}

/** A file as rows under named columns. Reading throws DamagedFile at the end when the file is damaged anywhere. */
export interface Table {
  columns: string[];
  delimiter?: string;
  /** What `line` counts. */
  unit: 'line' | 'feature';
  /** Coordinate reference system that the file names, such as "EPSG:32648". */
  crs?: string;
  rows: (options?: { onRead?: (bytes: number) => void }) => AsyncGenerator<Row>;
}
