/** Load runs by name, with what each is in a line. Each is a file of this folder. */
export const loadNames: Readonly<Record<string, string>> = {
  'events-steady': '500 events a second for two minutes',
  'events-burst': 'a quiet feed that sends 5,000 events a second for ten seconds, three times',
  'events-ramp': 'from 1,000 to 20,000 events a second until the door is late: the knee',
  'streams-1000': '1,000 stream clients while events come in',
  'streams-5000': '5,000 stream clients while events come in',
  tiles: '20 people who move over the map',
  screens: '50 people who open screens',
  'district-day': 'a day of a district in five minutes: 30 people, 20 events a second',
  'city-day': 'a day of a city in five minutes: 600 people, 500 events a second',
};

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The product that a run may be aimed at.
 *
 * @throws Error: it is no address, or not on this machine and nobody said that it is his
 */
export function targetOf(address: string, mine: boolean): string {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Error(`--target ${address}: http(s)://…`);
  if (!mine && !loopback.includes(url.hostname))
    throw new Error(
      `--target ${address}: not on this machine. Only a product of your own may be put under load: say --mine`,
    );
  return url.origin;
}
