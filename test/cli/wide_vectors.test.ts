import { expect, it } from '@jest/globals';
import { canWidenVectors } from '../../src/cli/wide_vectors.js';

function engine(v8: string, variables: object = { v8_enable_wasm_simd256_revec: 1 }) {
  return { versions: { v8 }, config: { variables } };
}

it.each(['13.6.233.17-node.53', '14.6.202.34-node.34'])('vectors are joined by V8 %s', (v8) => {
  expect(canWidenVectors({}, engine(v8))).toBe(true);
});

it.each(['11.3.244.8-node.38', '12.4.254.21-node.57', '13.60.1', '14.7.1', '15.0.1'])(
  'vectors are not joined by V8 %s, whose results nobody compared',
  (v8) => {
    expect(canWidenVectors({}, engine(v8))).toBe(false);
  },
);

it.each([{}, { v8_enable_wasm_simd256_revec: 0 }])('vectors are not joined where V8 was built with %j', (variables) => {
  expect(canWidenVectors({}, engine('14.6.202', variables))).toBe(false);
});

it('NER_WIDE_VECTORS=0 leaves vectors apart', () => {
  expect(canWidenVectors({ NER_WIDE_VECTORS: '0' }, engine('14.6.202'))).toBe(false);
});
