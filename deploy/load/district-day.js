// A district: 30 people at work, a case or a violation every few seconds, and a file now and then.
import { dayOptions } from './day.js';

export { atMaps, atScreens, feeds } from './day.js';
export const options = dayOptions({ people: 30, eventsPerSecond: 20 });
