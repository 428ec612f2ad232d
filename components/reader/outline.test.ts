import { describe, expect, it } from 'vitest'
import { joinLines, outlinePath } from './outline'

const box = (...[left, right, top, bottom]: [number, number, number, number]) => ({ left, right, top, bottom })

describe('joinLines', () => {
  it('joins boxes that stand beside each other and skips empty ones', () => {
    expect(joinLines([box(0, 10, 0, 20), box(10, 30, 2, 22), box(0, 0, 0, 20), box(0, 50, 24, 44)])).toEqual([
      box(0, 30, 0, 22),
      box(0, 50, 24, 44),
    ])
  })
})

describe('outlinePath', () => {
  it('draws a box around one line', () => {
    expect(outlinePath([box(10, 50, 0, 20)], 4)).toBe('M54.0 -4.0L54.0 24.0L6.0 24.0L6.0 -4.0Z')
  })
  it('follows two lines that touch, with the border in the middle of the gap', () => {
    expect(outlinePath([box(30, 90, 0, 20), box(0, 60, 30, 50)], 0)).toBe(
      'M90.0 0.0L90.0 25.0L60.0 25.0L60.0 50.0L0.0 50.0L0.0 25.0L30.0 25.0L30.0 0.0Z',
    )
  })
  it('draws two outlines around lines that do not touch', () => {
    expect(outlinePath([box(80, 90, 0, 20), box(0, 20, 30, 50)], 0).match(/M/g)).toHaveLength(2)
  })
  it('draws nothing around nothing', () => {
    expect(outlinePath([], 4)).toBe('')
  })
})
