/** An error as `node:fs` throws it. */
export function systemError(code: string, path?: string): Error {
  return Object.assign(new Error(`${code}: as the system words it`), { code, path, syscall: 'open', errno: -2 });
}
