import { afterEach, describe, expect, it } from '@jest/globals';
import { spawner } from '../../src/cli/team_threads.js';
import { RunError } from '../../src/errors.js';
import type { Job } from '../../src/parallel/serve.js';
import { shared } from '../../src/parallel/shared.js';
import { createTeam, type Team } from '../../src/parallel/team.js';

const ENTRY = new URL('../support/team_thread.mjs', import.meta.url);
const [COUNT, BUG, TOO_MUCH, EXIT, OWN_BUG] = [0, 1, 2, 3, 4];
const MOST_ITEMS = 3000;

interface Task {
  /** How often each item was done. */
  readonly counts: Int32Array;
  /** 1 as soon as another thread has an item of a job that ends badly. */
  readonly gate: Int32Array<SharedArrayBuffer>;
}

const teams: Team[] = [];
afterEach(async () => {
  for (const team of teams.splice(0)) await team.close();
});

function teamOf(threads: number, spins = 1000): { team: Team; task: Task } {
  const task = { counts: shared(Int32Array, MOST_ITEMS), gate: new Int32Array(new SharedArrayBuffer(4)) };
  const meanwhile = (): void => {
    Atomics.wait(task.gate, 0, 0, 20_000);
  };
  const jobs: Job[] = [(item) => Atomics.add(task.counts, item, 1), meanwhile, meanwhile, meanwhile];
  jobs.push(() => {
    throw new RangeError('my own bug');
  });
  const helpers = { count: threads - 1, spawn: spawner<Task>(ENTRY), spins };
  const team = createTeam(jobs, task, threads === 1 ? undefined : helpers);
  teams.push(team);
  return { team, task };
}

describe.each([
  [1, 0],
  [2, 0],
  [2, 1000],
  [4, 1000],
])('a team of %i that spins %i times', (threads, spins) => {
  it('does every item of every job once, whatever number of items', async () => {
    const { team, task } = teamOf(threads, spins);
    expect(team.size).toBe(threads);
    const expected = new Array<number>(MOST_ITEMS).fill(0);
    for (let run = 0; run < 300; run++) {
      const items = run % 50 === 49 ? MOST_ITEMS - run : (run * 37) % 100;
      await team.run(COUNT, items);
      expected.fill(0, items);
      for (let item = 0; item < items; item++) expected[item] = 1;
      expect(Array.from(task.counts)).toEqual(expected);
      task.counts.fill(0);
    }
  });

  it('lets go on what happens between its jobs', async () => {
    const { team, task } = teamOf(threads, spins);
    for (let run = 0; run < 3; run++) {
      await team.run(COUNT, 5);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(Array.from(task.counts.subarray(0, 6))).toEqual([3, 3, 3, 3, 3, 0]);
  });

  it('rejects with what an item throws on the calling thread', async () => {
    const { team } = teamOf(threads, spins);
    // where no other thread takes them all, and those know no such job
    await expect(team.run(OWN_BUG, 3)).rejects.toThrow();
  });
});

describe('in a team of two', () => {
  it('a bug in the other thread is thrown here, with its message and where it was', async () => {
    const { team } = teamOf(2);
    const error = await team.run(BUG, 2).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ message: 'a bug', stack: expect.stringContaining('team_thread.mjs') });
    await expect(team.run(COUNT, 2)).rejects.toBe(error);
  });

  it('an error of the user’s stays one, with its hint', async () => {
    const error = await teamOf(2)
      .team.run(TOO_MUCH, 2)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RunError);
    expect(error).toMatchObject({ message: 'too much', hint: 'take less' });
  });

  it('a thread that ends with an item is an error, not a wait without end', async () => {
    const error = await teamOf(2)
      .team.run(EXIT, 2)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RunError);
    expect(error).toMatchObject({
      message: 'a thread has ended before its work was done: exit code 7',
      hint: '--threads 1 does everything in one',
    });
  });

  it('a thread that cannot even begin is an error', async () => {
    const helpers = { count: 1, spawn: spawner(new URL('./missing.mjs', import.meta.url)), spins: 0 };
    const team = createTeam([() => {}], undefined, helpers);
    const run = async (): Promise<never> => {
      for (;;) {
        await team.run(0, 1);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await expect(run()).rejects.toThrow(/^a thread has ended before its work was done: .*missing\.mjs/);
    await team.close();
  });

  it('a thread that cannot be started leaves none of those before it', () => {
    const ended: number[] = [];
    let started = 0;
    const spawn = () => {
      if (started === 2) throw new RunError('no more threads');
      const thread = started++;
      return {
        end: async () => {
          ended.push(thread);
        },
      };
    };
    expect(() => createTeam([() => {}], undefined, { count: 3, spawn, spins: 0 })).toThrow('no more threads');
    expect(ended).toEqual([0, 1]);
  });

  it('closing ends threads that are at work and threads that are not', async () => {
    const { team } = teamOf(3);
    await team.run(COUNT, 4);
    await team.close();
    await expect(team.run(COUNT, 4)).rejects.toBeInstanceOf(RunError);
  });
});
