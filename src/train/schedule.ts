/** What both learning rates are multiplied by at a step (from 0) of so many: 1 falling evenly to 0, or always 1. */
export function rateFactor(decay: 'linear' | 'none', step: number, steps: number): number {
  return decay === 'linear' ? 1 - step / steps : 1;
}
