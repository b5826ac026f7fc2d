import { expect, test } from 'vitest';
import { turnsByDistrict } from './turns.ts';

test('one at a time in a district, in the order in which they asked; other districts do not wait', async () => {
  const take = turnsByDistrict();
  const heard: string[] = [];
  const work = async (district: string, name: string) => {
    const end = await take(district);
    heard.push(`${name} begins`);
    await new Promise((done) => setTimeout(done, 5));
    heard.push(`${name} ends`);
    end();
  };
  const held = await take('other');
  await Promise.all([work('q7', 'first'), work('q7', 'second'), work('q7', 'third')]);
  held();
  expect(heard).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
