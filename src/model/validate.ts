import type { ZodMiniType } from 'zod/mini';
import english from 'zod/v4/locales/en.js';

/** A value as its schema types it, or what is first wrong with it: `settings.hidden: Too small: …`. */
export type Validated<T> = { readonly data: T } | { readonly problem: string };

/** Validates a value that came from outside. */
export function validate<T>(schema: ZodMiniType<T>, value: unknown): Validated<T> {
  // given here rather than to zod as a whole, which programs that use this library may have set to another language
  const result = schema.safeParse(value, { error: (issue) => english().localeError(issue) });
  if (result.success) return { data: result.data };
  const [{ path, message }] = result.error.issues;
  const member = path.join('.');
  return { problem: member === '' ? message : `${member}: ${message}` };
}
