import { describe, expect, it } from 'vitest'
import { makeArchive } from '@/tests/setup/archive'
import { openArchive } from './archive'
import { UnreadableFile } from './unreadable'
import { parseXml, textOf } from './xml'

/** The problem that reading throws; null when it throws none. */
function problemOf(read: () => unknown) {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem
    throw error
  }
}

/** An archive whose directory has as many entries as asked for; more than 65,535 are counted elsewhere, which `counted` may leave out. */
function manyParts(count: number, counted = 0xffff): Buffer {
  const archive = makeArchive({ 'a.txt': '' })
  const start = archive.indexOf('PK\x01\x02', 0, 'latin1')
  const end = archive.indexOf('PK\x05\x06', 0, 'latin1')
  const entry = archive.subarray(start, end)
  const last = Buffer.from(archive.subarray(end))
  last.writeUInt16LE(counted, 8)
  last.writeUInt16LE(counted, 10)
  last.writeUInt32LE(entry.length * count, 12)
  return Buffer.concat([archive.subarray(0, start), Buffer.alloc(entry.length * count, entry), last])
}

describe('an archive', () => {
  const parts = { 'a.txt': 'The ferry sails at nine.', 'folder/b.txt': 'Nobody waits.' }

  it('gives its parts', () => {
    const archive = openArchive(makeArchive(parts), 'book')
    expect([...archive.names]).toEqual(['a.txt', 'folder/b.txt'])
    expect(Buffer.from(archive.read('folder/b.txt') ?? []).toString()).toBe('Nobody waits.')
    expect(archive.read('c.txt')).toBeNull()
  })

  const flipped = makeArchive(parts)
  flipped.writeUInt8(flipped.readUInt8(40) ^ 4, 40)
  const readFirst = (bytes: Uint8Array) => openArchive(bytes, 'book').read('a.txt')
  it.each<[name: string, bytes: Uint8Array, code: string, says: RegExp]>([
    ['cut off', makeArchive(parts).subarray(0, -40), 'damaged', /book is damaged.*save it again/],
    ['with a changed bit', flipped, 'damaged', /book is damaged/],
    ['protected', makeArchive(parts, { flags: 1 }), 'protected', /password/],
    ['that unpacks to more than it says', makeArchive(parts, { declaredSize: 5 }), 'damaged', /damaged/],
    ['with a part of 60 MB', makeArchive(parts, { declaredSize: 60 * 1024 * 1024 }), 'too-large', /60 MB; at most 48/],
    ['of more than 400 MB', makeArchive(parts, { declaredSize: 3e8 }), 'too-large', /573 MB; at most 400 MB/],
    [
      'of 11,000 parts',
      makeArchive(Object.fromEntries(Array.from({ length: 11_000 }, (_, at) => [`${String(at)}.txt`, '']))),
      'too-complex',
      /11,000; at most 10,000|11,000 parts; at most 10,000/,
    ],
    ['of 100,000 parts', manyParts(100_000), 'too-complex', /more than 65,000 parts; at most 10,000/],
    [
      'of 100,000 parts, whose count ran over',
      manyParts(100_000, 100_000 % 65_536),
      'too-complex',
      /34,464 parts; at most/,
    ],
  ])('%s is refused', (_name, bytes, code, says) => {
    const problem = problemOf(() => readFirst(bytes))
    expect(problem?.code).toBe(code)
    expect(problem?.message).toMatch(says)
  })
})

describe('XML', () => {
  const read = (text: string) => parseXml(Buffer.from(text), 'book')

  it('is read without prefixes, with its entities, sections and quoted brackets', () => {
    const root = read(
      '\ufeff<?xml version="1.0"?><!-- <x> --><w:a xmlns:w="w" w:b="1 &gt; 0" c=\'>\'><w:d>Fish &amp; <![CDATA[<chips>]]> &#8211; &#x41;</w:d><e/></w:a>',
    )
    expect(root.name).toBe('a')
    expect([...root.attributes]).toEqual([
      ['b', '1 > 0'],
      ['c', '>'],
    ])
    expect(textOf(root)).toBe('Fish & <chips> – A')
  })

  it.each<[name: string, text: string, code: string]>([
    ['entities of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'unsupported-format'],
    ['an unknown entity', '<a>&b;</a>', 'damaged'],
    ['a tag that is not closed', '<a><b></a>', 'damaged'],
    ['an end in a tag', '<a><b', 'damaged'],
    ['nothing', '', 'damaged'],
    ['10,000 elements in each other', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`, 'too-complex'],
  ])('with %s is refused', (_name, text, code) => {
    expect(problemOf(() => read(text))?.code).toBe(code)
  })
})
