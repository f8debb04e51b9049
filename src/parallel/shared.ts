/** A kind of typed array. */
interface ArrayType<A> {
  new (buffer: ArrayBufferLike): A;
  readonly BYTES_PER_ELEMENT: number;
}

/** A typed array of zeros that threads can share; in an engine without shared memory an ordinary one, which does for one. */
export function shared<A>(type: ArrayType<A>, length: number): A {
  const bytes = length * type.BYTES_PER_ELEMENT;
  return new type(typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes));
}
