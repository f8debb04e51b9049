import type { Kernels } from '../kernels/kernels.js';
import { WasmKernels } from '../kernels/wasm.js';
import type { Team } from '../parallel/team.js';

/** Ends the threads of a team, which no others share these kernels with, and takes back what they had of the memory. */
export async function endTeam(team: Team, kernels: Kernels): Promise<void> {
  await team.close();
  if (team.size > 1 && kernels instanceof WasmKernels) kernels.reclaim();
}
