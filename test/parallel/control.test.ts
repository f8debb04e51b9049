import { expect, it } from '@jest/globals';
import { Control } from '../../src/parallel/control.js';

it('hands out each item of a job once, then none', () => {
  const control = Control.create();
  expect(control.claim()).toBe(-1);
  control.open(3, 4);
  expect([control.job, ...[1, 2, 3, 4, 5, 6].map(() => control.claim())]).toEqual([3, 0, 1, 2, 3, -1, -1]);
});

it('hands out the next job from its first item on, however often was asked in between', () => {
  const control = Control.create();
  for (const items of [2, 5, 1]) {
    control.open(0, items);
    const claimed = Array.from({ length: items + 3 }, () => control.claim());
    expect(claimed).toEqual([...Array.from({ length: items }, (_, i) => i), -1, -1, -1]);
  }
});

it('says when all items are finished, and not before', () => {
  const control = Control.create();
  control.open(0, 2);
  for (const finished of [false, false, true]) {
    expect(control.awaitItems(10, 1)).toBe(finished);
    control.claim();
    control.finish();
  }
});

it('does not wait for a job that is open already', () => {
  const control = Control.create();
  const { phase } = control;
  control.open(0, 1);
  control.awaitJob(phase, 0);
  expect(control.phase).not.toBe(phase);
});
