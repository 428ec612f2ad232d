import { describe, expect, it } from 'vitest'
import { portionsOf } from './batches'

const megabyte = 1024 * 1024
const sizes = (...given: number[]) => given.map((size) => ({ file: { size } }))
const lengths = (files: { file: { size: number } }[]) => portionsOf(files).map((portion) => portion.length)

describe('the portions of a batch', () => {
  it.each<[string, { file: { size: number } }[], number[]]>([
    ['none', [], []],
    ['many small files', sizes(...Array.from({ length: 90 }, () => 10)), [40, 40, 10]],
    ['files that fit together only in part', sizes(7 * megabyte, 4 * megabyte, 2 * megabyte, 1), [2, 2]],
    ['a file larger than a portion is sent alone', sizes(1, 25 * megabyte, 1), [1, 1, 1]],
  ])('%s', (_name, files, expected) => {
    expect(lengths(files)).toEqual(expected)
  })
})
