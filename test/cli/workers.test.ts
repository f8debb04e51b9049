import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postedError, receivedError, WorkerThread } from '../../src/cli/workers.js';
import { DataError } from '../../src/errors.js';
import { Workspace } from '../support/small_model.js';

/** Doubles numbers, and does worse where it is told to. */
const THREAD = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (question) => {
    if (question === 'crash') throw new TypeError('crashed');
    if (question === 'leave') process.exit(7);
    if (question === 'hang') for (;;);
    parentPort.postMessage(2 * question);
  });
`;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('thread.mjs', THREAD);
  await workspace.write('broken.mjs', `throw new Error('broken from the start');`);
});
afterAll(() => workspace.remove());

function start(file = 'thread.mjs') {
  const failures: unknown[] = [];
  const entry = pathToFileURL(workspace.path(file));
  const failed = (error: unknown): void => void failures.push(error);
  return { thread: new WorkerThread<number | string, number>(entry, failed), failures };
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error) => error.message,
  );
}

describe('a thread', () => {
  it('answers in the order it was asked, also what it is asked before it listens', async () => {
    const { thread, failures } = start();
    const answers = [1, 2, 3].map((question) => thread.ask(question));
    expect(thread.pending).toBe(3);
    expect(await Promise.all(answers)).toEqual([2, 4, 6]);
    expect(thread.pending).toBe(0);
    await thread.stop();
    expect(failures).toEqual([]);
  });

  it.each([
    ['crash', 'crashed'],
    ['leave', 'a thread ended before its work was done (exit code 7)'],
  ])('that fails at %s fails every question it has, and every later one', async (question, message) => {
    const { thread, failures } = start();
    // answered before: what a thread says just before it crashes may arrive after that it crashed
    expect(await thread.ask(1)).toBe(2);
    const answers = [question, 2].map((one) => messageOf(thread.ask(one)));
    expect(await Promise.all(answers)).toEqual([message, message]);
    expect(await messageOf(thread.ask(3))).toBe(message);
    expect(failures).toHaveLength(1);
  });

  it('that cannot begin says so, though nothing was asked', async () => {
    const { failures } = start('broken.mjs');
    while (failures.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(failures).toMatchObject([{ message: 'broken from the start' }]);
  });

  it('is stopped whatever it does, which is no failure', async () => {
    const { thread, failures } = start();
    await thread.ask(1);
    thread.ask('hang').catch(() => {});
    await thread.stop();
    expect(failures).toEqual([]);
    expect(await messageOf(thread.ask(1))).toBe('the thread was stopped');
  });
});

describe('an error', () => {
  it('of the user arrives as what it was', () => {
    const posted = postedError(new DataError('too many columns', { at: { source: '-', line: 3 }, hint: 'look' }));
    const received = receivedError(structuredClone(posted) as NonNullable<typeof posted>);
    expect(received).toBeInstanceOf(DataError);
    expect(received).toMatchObject({ message: 'standard input:3: too many columns', hint: 'look' });
  });

  it('of ours is not posted', () => {
    expect(postedError(new TypeError('x is not a function'))).toBeUndefined();
  });
});
