import { dictionary, faces } from '../../faces.ts';

/** One line of the ticker for each type of event. */
export const eventNames = dictionary(faces.events);
