import proj4 from 'proj4';
import { ValueError } from './value-error.ts';

/** VN-2000 to WGS84, seven parameters. Source: EPSG transformation 6960 (Ministry of Natural Resources, decision 05/2007/QD-BTNMT). */
const vn2000 =
  '+ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278 +units=m';
const named: Record<string, string> = {
  '3857': '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null',
  '3405': `+proj=utm +zone=48 ${vn2000}`,
  '3406': `+proj=utm +zone=49 ${vn2000}`,
  // TM-3 of Ho Chi Minh City.
  '9210': `+proj=tmerc +lat_0=0 +lon_0=105.75 +k=0.9999 +x_0=500000 +y_0=0 ${vn2000}`,
};

export type Reproject = (point: [number, number]) => [number, number];

/** From a named reference system ("EPSG:32648", "urn:ogc:def:crs:EPSG::32648") to longitude and latitude; undefined when it is those already. */
export function reprojection(crs: string | undefined): Reproject | undefined {
  if (!crs || /CRS84$/i.test(crs)) return undefined;
  const code = /(\d{4,5})$/.exec(crs)?.[1];
  if (code === '4326') return undefined;
  const definition = code && (named[code] ?? utm(code));
  if (!definition)
    throw new ValueError(
      `reference system "${crs}" is not known; use EPSG:4326, UTM (EPSG:326xx, 327xx), VN-2000 (3405, 3406, 9210) or 3857`,
      `không biết hệ tọa độ "${crs}"; hãy dùng EPSG:4326, UTM (EPSG:326xx, 327xx), VN-2000 (3405, 3406, 9210) hoặc 3857`,
    );
  const transform = proj4(definition, 'WGS84');
  return ([x, y]) => {
    const [lon, lat] = transform.forward([x, y]);
    return [lon!, lat!];
  };
}

function utm(code: string): string | undefined {
  const match = /^(326|327|269)(\d\d)$/.exec(code);
  const zone = Number(match?.[2]);
  if (!match || zone < 1 || zone > 60) return undefined;
  // 269xx is NAD83, within two metres of WGS84.
  return `+proj=utm +zone=${zone} ${match[1] === '327' ? '+south ' : ''}+datum=WGS84 +units=m`;
}
