import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NODE } from '../../src/cli/node_platform.js';
import { ANY_PLATFORM } from '../../src/model/platform.js';

it("Node's SHA-256 is that of any platform", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      expect(NODE.sha256(bytes)).toBe(await ANY_PLATFORM.sha256(bytes));
    }),
  );
  expect(NODE.sha256(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
