import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkGates, parseGate } from '../../src/evaluate/gates.js';
import { formatJunit, formatJunitError } from '../../src/evaluate/junit.js';
import { score } from '../../src/evaluate/score.js';

interface Element {
  readonly name: string;
  readonly attributes: Map<string, string>;
}

/** The elements of a document of nested tags without text, in order of opening; fails where it is not well-formed. */
function parseXml(xml: string): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
  expect(xml.startsWith(declaration)).toBe(true);
  let rest = xml.slice(declaration.length).trim();
  while (rest !== '') {
    const match = /^<(\/?)(\w+)((?: \w+="[^"<]*")*)(\/?)>\s*/.exec(rest);
    if (match === null) throw new Error(`not well-formed from ${rest}`);
    const [tag, closing, name, attributes, empty] = match;
    rest = rest.slice(tag.length);
    if (closing) expect(open.pop()).toBe(name);
    else {
      elements.push({ name, attributes: parseAttributes(attributes) });
      if (!empty) open.push(name);
    }
  }
  expect(open).toEqual([]);
  return elements;
}

function parseAttributes(text: string): Map<string, string> {
  return new Map([...text.matchAll(/ (\w+)="([^"]*)"/g)].map(([, name, value]) => [name, valueOfAttribute(value)]));
}

/** An attribute's value: references resolved, other blanks read as U+0020 and characters outside XML refused. */
function valueOfAttribute(value: string): string {
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    const surrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < 0x20 || surrogate || code === 0xfffe || code === 0xffff) throw new Error(`U+${code.toString(16)}`);
  }
  return value.replace(/&(?:#(\d+);)?/g, (reference, code) => {
    if (code === undefined) throw new Error(`bare ampersand in ${reference}`);
    return String.fromCodePoint(Number(code));
  });
}

const found = score([{ gold: ['B-PER', 'B-PER'], predicted: ['B-PER', 'O'] }]);
const junit = (...gates: string[]) => formatJunit(checkGates(found, gates.map(parseGate)));
const plain = (element: Element) => [element.name, Object.fromEntries(element.attributes)];

describe('formatJunit', () => {
  it('has a test case for each gate, with the reason of each failure', () => {
    const counts = { tests: '3', failures: '1', errors: '0', skipped: '0' };
    expect(parseXml(junit('PER.recall=0.5', 'precision=1', 'f1=0.9')).map(plain)).toEqual([
      ['testsuites', counts],
      ['testsuite', { name: 'ner eval', ...counts }],
      ['testcase', { classname: 'ner eval', name: 'PER.recall >= 0.5' }],
      ['testcase', { classname: 'ner eval', name: 'precision >= 1' }],
      ['testcase', { classname: 'ner eval', name: 'f1 >= 0.9' }],
      ['failure', { type: 'gate', message: 'f1 0.6667 is below 0.9' }],
    ]);
  });

  it('is well-formed without gates', () => {
    expect(parseXml(junit()).map(({ name }) => name)).toEqual(['testsuites', 'testsuite']);
  });

  it.each(['<a>&"\'', ']]>', 'tab\tline\nend\r', '名 😀'])('keeps a type such as %j', (type) => {
    const [, , testcase] = parseXml(junit(`${type}.f1=0`));
    expect(testcase.attributes.get('name')).toBe(`${type}.f1 >= 0`);
  });

  it('replaces what XML cannot hold', () => {
    const [, , testcase] = parseXml(junit('a\u0000b\u001bc\ud800d\ufffee.f1=1'));
    expect(testcase.attributes.get('name')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde.f1 >= 1');
  });

  it('is well-formed whatever the type', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (type) => {
        expect(parseXml(junit(`${type}.f1=0.5`))).toHaveLength(4);
      }),
    );
  });
});

describe('JUnit XML of a run without results', () => {
  it('has an error for each gate, or one where there is none', () => {
    for (const [texts, names] of [
      [
        ['f1=0.8', 'PER.recall=0.5'],
        ['f1 >= 0.8', 'PER.recall >= 0.5'],
      ],
      [[], ['ner eval']],
    ]) {
      const elements = parseXml(formatJunitError(texts.map(parseGate), 'gold.txt:2: "x" is no tag'));
      const { attributes } = elements[0];
      expect(['tests', 'failures', 'errors'].map((name) => attributes.get(name))).toEqual([
        String(names.length),
        '0',
        String(names.length),
      ]);
      const named = elements.filter(({ name }) => name === 'testcase').map((element) => element.attributes.get('name'));
      expect(named).toEqual(names);
      const errors = elements.filter(({ name }) => name === 'error');
      expect(errors.map((error) => error.attributes.get('message'))).toEqual(
        names.map(() => 'gold.txt:2: "x" is no tag'),
      );
    }
  });
});
