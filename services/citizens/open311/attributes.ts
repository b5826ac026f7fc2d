import type { Words } from '#contracts/words.ts';
import type { Topic } from '../report/topics.ts';

/** A further question about a topic (GeoReport v2, service definition). */
export interface TopicAttribute {
  code: string;
  datatype: 'string' | 'number' | 'singlevaluelist' | 'multivaluelist';
  required: boolean;
  words: Words;
  values?: Readonly<Record<string, Words>>;
}

/** Further questions, by topic. None is required: a report without an answer is better than none. */
export const topicAttributes: Readonly<Partial<Record<Topic, readonly TopicAttribute[]>>> = {
  drainage: [
    {
      code: 'depthCm',
      datatype: 'number',
      required: false,
      words: { vi: 'Nước sâu bao nhiêu (cm)?', en: 'How deep is the water (cm)?' },
    },
  ],
  noise: [
    {
      code: 'hours',
      datatype: 'multivaluelist',
      required: false,
      words: { vi: 'Ồn vào lúc nào?', en: 'When is it noisy?' },
      values: {
        day: { vi: 'ban ngày', en: 'by day' },
        evening: { vi: 'buổi tối', en: 'in the evening' },
        night: { vi: 'sau 22 giờ', en: 'after 22:00' },
      },
    },
  ],
  'street-light': [
    { code: 'pole', datatype: 'string', required: false, words: { vi: 'Số trụ đèn', en: 'Number of the pole' } },
  ],
};
