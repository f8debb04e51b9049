import type { Kernels } from '../kernels/kernels.js';
import { type Gradients, rowsByTable } from '../network/gradients.js';
import type { Network } from '../network/network.js';

/** The gradient of every parameter by name, laid out like the parameter: table rows that no one-hot touched are zero. */
export function gradientsByName(network: Network, kernels: Kernels, gradients: Gradients): Map<string, Float64Array> {
  const { tables, dense } = network.parameters.shapes;
  const rowsOf = rowsByTable(gradients);
  const byName = new Map<string, Float64Array>();
  tables.forEach(({ name, rows, columns }, i) => {
    const whole = new Float64Array(rows * columns);
    const dTouched = kernels.view(rowsOf[i].gradient);
    kernels.viewInts(rowsOf[i].touched).forEach((id, slot) => {
      whole.set(dTouched.subarray(slot * columns, (slot + 1) * columns), id * columns);
    });
    byName.set(name, whole);
  });
  for (const { name } of dense) byName.set(name, Float64Array.from(kernels.view(network.gradient(name))));
  return byName;
}
