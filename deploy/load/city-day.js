// A city of 22 districts in the wave: 600 people at work, 2 million cases in ten months with what follows from each, in the hours of day.
import { dayOptions } from './day.js';

export { atMaps, atScreens, feeds } from './day.js';
export const options = dayOptions({ people: 600, eventsPerSecond: 500 });
