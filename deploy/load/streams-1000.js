import { streamOptions } from './streams.js';

export { look, tell } from './streams.js';
export const options = streamOptions(1000);
