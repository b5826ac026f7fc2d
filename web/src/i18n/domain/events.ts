import events from 'virtual:events';
import { dictionary } from '../../faces.ts';

/** One line of the ticker for each type of event. */
export const eventNames = dictionary(events);
