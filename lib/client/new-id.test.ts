import { describe, expect, test } from 'vitest'
import { idSchema } from '@/lib/domain/fields'
import { newId } from './new-id'

const future = Date.UTC(2100, 0, 1)

describe('newId', () => {
  test('makes UUIDs of version 7 with the time they were made at', () => {
    const id = newId(future)
    expect(idSchema.safeParse(id).success).toBe(true)
    expect(id.charAt(14)).toBe('7')
    expect('89ab').toContain(id.charAt(19))
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(future)
  })

  test('sorts in the order of making, within a millisecond and beyond what it can count', () => {
    const ids = Array.from({ length: 10_000 }, () => newId(future + 1))
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
  })

  test('sorts also when the clock steps back', () => {
    const before = newId(future + 60_000)
    expect(newId(future + 1_000) > before).toBe(true)
  })
})
