import { position } from '#contracts/primitives.ts';
import { type Topic, topicIds } from '../report/topics.ts';
import type { Submission } from '../submission.ts';
import { type GeoError, GeoProblem } from './answer.ts';
import { type TopicAttribute, topicAttributes } from './attributes.ts';

/** Parameters of a POST by name; one that is given several times has several values. What is empty counts as not given (GeoReport v2, Optional Arguments). */
export type Given = ReadonlyMap<string, readonly string[]>;

/** @param pairs in the order in which they came */
export function given(pairs: Iterable<readonly [name: string, value: string]>): Given {
  const found = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    if (value.trim() === '') continue;
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

/** Longest text of each parameter that is kept. */
const longest: Readonly<Record<string, number>> = {
  address_string: 200,
  address_id: 200,
  email: 200,
  phone: 200,
  device_id: 200,
  account_id: 200,
  description: 4000,
  media_url: 2000,
};

/**
 * What a POST of GeoReport v2 says, in our words. Pure.
 *
 * @throws GeoProblem 404 for a service code that there is not, 400 with everything else that is wrong, each by its parameter
 */
export function readServiceRequest(params: Given): Omit<Submission, 'submission'> {
  const errors: GeoError[] = [];
  const wrong = (description: string, code = 400) => errors.push({ code, description });
  const one = (name: string): string | undefined => {
    const values = params.get(name);
    if (!values) return undefined;
    if (new Set(values).size > 1) wrong(`${name}: given ${values.length} times with different values`);
    const most = longest[name];
    const value = values[0]!.trim();
    if (most !== undefined && value.length > most) wrong(`${name}: at most ${most} characters; it has ${value.length}`);
    return value;
  };

  const code = one('service_code');
  const topic = topicIds.find((id) => id === code);
  if (code === undefined) wrong('service_code: was not provided');
  else if (!topic)
    wrong(`service_code: "${code.slice(0, 100)}" was not found; GET services lists those that there are`, 404);

  const [lat, long] = [degrees('lat', 90), degrees('long', 180)];
  const address = one('address_string');
  const addressId = one('address_id');
  if (
    lat === undefined &&
    long === undefined &&
    address === undefined &&
    addressId === undefined &&
    !params.has('lat') &&
    !params.has('long')
  )
    wrong('lat and long, address_string or address_id: a location was not provided');
  if (params.has('lat') !== params.has('long'))
    wrong(
      params.has('lat')
        ? 'long: was not provided, and lat alone is no place'
        : 'lat: was not provided, and long alone is no place',
    );

  const attributes = topic ? readAttributes(topic, params, wrong) : undefined;
  const description = one('description');
  const mediaUrl = one('media_url');
  if (mediaUrl !== undefined && !/^https?:\/\/\S+$/i.test(mediaUrl))
    wrong('media_url: an address that begins with http:// or https://');
  const name = [one('first_name'), one('last_name')].filter((part) => part !== undefined).join(' ');
  if (name.length > 200) wrong('first_name, last_name: at most 200 characters together');
  const contact = {
    phone: one('phone'),
    email: one('email'),
    deviceId: one('device_id'),
    accountId: one('account_id'),
  };
  if (errors.length > 0) throw new GeoProblem(errors.every(({ code }) => code === 404) ? 404 : 400, errors);
  return {
    said: {
      ...{ topic, channel: 'open311' },
      ...(description !== undefined && { description }),
      ...(address !== undefined && { address }),
      ...(addressId !== undefined && { externalId: addressId }),
      ...(lat !== undefined && long !== undefined && { location: position.parse({ lat, lon: long }) }),
      ...(mediaUrl !== undefined && { mediaUrl }),
      ...(attributes !== undefined && { attributes }),
    },
    contact: {
      ...(name && { name }),
      ...Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined)),
    },
  };

  /** Degrees with a decimal point, as WGS84 has them. */
  function degrees(parameter: 'lat' | 'long', most: number): number | undefined {
    const value = one(parameter);
    if (value === undefined) return undefined;
    const read = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
    if (Number.isFinite(read) && Math.abs(read) <= most) return read;
    wrong(`${parameter}: degrees from -${most} to ${most}; it was "${value.slice(0, 60)}"`);
    return undefined;
  }
}

/** Answers to further questions as JSON; undefined: none were given. */
function readAttributes(topic: Topic, params: Given, wrong: (description: string) => void): string | undefined {
  const known = new Map((topicAttributes[topic] ?? []).map((attribute) => [attribute.code, attribute]));
  const said: Record<string, string | readonly string[]> = {};
  for (const [name, values] of params) {
    const code = /^attribute\[([^\]]*)\](\[\d*\])?$/.exec(name)?.[1];
    if (code === undefined) {
      if (name.startsWith('attribute')) wrong(`${name.slice(0, 100)}: attributes are given as attribute[code]=value`);
      continue;
    }
    const attribute = known.get(code);
    if (!attribute) {
      wrong(`attribute[${code.slice(0, 100)}]: "${topic}" has no such attribute`);
      continue;
    }
    const many = attribute.datatype === 'multivaluelist';
    if (!many && values.length > 1) wrong(`attribute[${code}]: one value`);
    for (const value of values) {
      const fault = attributeFault(attribute, value);
      if (fault) wrong(`attribute[${code}]: ${fault}; it was "${value.slice(0, 60)}"`);
    }
    said[code] = many ? values : values[0]!;
  }
  for (const { code, required } of known.values())
    if (required && said[code] === undefined) wrong(`attribute[${code}]: was not provided`);
  return Object.keys(said).length === 0 ? undefined : JSON.stringify(said);
}

function attributeFault({ datatype, values }: TopicAttribute, value: string): string | undefined {
  if (value.length > 500) return 'at most 500 characters';
  if (datatype === 'number' && !/^[+-]?\d+(\.\d+)?$/.test(value.trim())) return 'a number';
  if (values && !Object.hasOwn(values, value)) return `one of ${Object.keys(values).join(', ')}`;
  return undefined;
}
