import { expect, it } from '@jest/globals';
import { Control } from '../../src/parallel/control.js';

it('hands out each item of a job once, then none', () => {
  const control = Control.create();
  expect(control.claim(0)).toBe(-1);
  control.open(3, 0, 4);
  expect([control.job, ...[1, 2, 3, 4, 5, 6].map(() => control.claim(0))]).toEqual([3, 0, 1, 2, 3, -1, -1]);
});

it('gives each thread its own items first, then those of others', () => {
  const control = Control.create();
  control.open(0, 0, 4);
  expect([0.5, 0, 0.5, 0.5, 0].map((share) => control.claim(share))).toEqual([2, 0, 3, 1, -1]);
});

it('hands out the next job from its first item on, however often was asked in between', () => {
  const control = Control.create();
  for (const items of [2, 5, 1]) {
    control.open(0, 100, items);
    const claimed = Array.from({ length: items + 3 }, () => control.claim(0));
    expect(claimed).toEqual([...Array.from({ length: items }, (_, i) => 100 + i), -1, -1, -1]);
  }
});

it('says when all items are finished, and not before', () => {
  const control = Control.create();
  control.open(0, 0, 2);
  for (const finished of [false, false, true]) {
    expect(control.awaitItems(10, 1)).toBe(finished);
    control.claim(0);
    control.finish();
  }
});

it('does not wait for a job that is open already', () => {
  const control = Control.create();
  const { phase } = control;
  control.open(0, 0, 1);
  control.awaitJob(phase, 0);
  expect(control.phase).not.toBe(phase);
});
