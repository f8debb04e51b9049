/** SHA-256 in hexadecimal (FIPS 180-4). */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // The cast leaves out shared memory, which no file is read into.
  const digest = await globalThis.crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
