import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { commandsOf, firstDifference } from '../../docs/console_blocks.js';
import { ConsoleRunner } from '../../docs/console_runner.js';
import { featureKinds } from '../../src/encode/features.js';
import { errorOf } from '../support/error_of.js';

const page = readFileSync(new URL('../../docs/features.md', import.meta.url), 'utf8');
const runner = new ConsoleRunner();
afterAll(() => runner.close());

describe('docs/features.md', () => {
  it.each(commandsOf(page).map((command) => [command.text, command] as const))(
    'shows what %s prints',
    async (text, command) => {
      expect(firstDifference(command, await runner.run(text))).toBeUndefined();
    },
    60_000,
  );

  it('tells of every kind', () => {
    const { hint = '' } = errorOf(() => featureKinds({ features: 'none', lowercase: false }));
    const kinds = hint.replace('known features: ', '').split(', ');
    expect(kinds.length).toBeGreaterThan(20);
    expect(kinds.filter((usage) => !page.includes(`\`${usage.split(/[:[]/)[0]}`))).toEqual([]);
  });
});
