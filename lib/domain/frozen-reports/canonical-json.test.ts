import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './canonical-json'
import { sha256 } from './sha256'

describe('canonicalJson', () => {
  // The example of RFC 8785, section 3.2.2 to 3.2.4, and its canonical form.
  test('writes the example of RFC 8785 as it is printed there', () => {
    const example = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(example)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  // RFC 8785, section 3.2.3: the order of names by UTF-16 code units.
  test('sorts names by UTF-16 code units', () => {
    const written = canonicalJson(
      Object.fromEntries(['€', '\r', '\ufb33', '1', '😀', '\u0080', 'ö'].map((name) => [name, 0])),
    )
    expect([...written.matchAll(/"((?:[^"\\]|\\.)+)":/gu)].map(([, name]) => name)).toEqual([
      String.raw`\r`,
      '1',
      '\u0080',
      'ö',
      '€',
      '😀',
      '\ufb33',
    ])
  })

  test('numbers as names stay strings in their order', () => {
    expect(canonicalJson({ 9: 1, 10: 2 })).toBe('{"10":2,"9":1}')
  })

  test('leaves out what is undefined, and refuses what JSON cannot say', () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}')
    expect(() => canonicalJson({ a: Number.NaN })).toThrow('infinite or none')
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown
    expect(() => canonicalJson(deep)).toThrow('too deep')
  })

  test('parses back to the same data, in any order of its names', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const written = canonicalJson(value)
        expect(canonicalJson(JSON.parse(written))).toBe(written)
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('sha256', () => {
  // FIPS 180-4 examples (NIST, "Cryptographic Standards and Guidelines: Example Values").
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of “%s” as published', (message, digest) => {
    expect(sha256(message)).toBe(digest)
  })

  test('is that of the platform for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
      }),
    )
  })
})
