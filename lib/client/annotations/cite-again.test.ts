import { expect, it } from 'vitest'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { recentReferences, rememberReference } from './cite-again'

const reference = (id: string) => ({ id, title: id }) as AnnotationView['citations'][number]['reference']
const mark = (author: string, updatedAt: string, cited: string[]) =>
  ({
    author: { id: author, name: author },
    updatedAt,
    citations: cited.map((id) => ({ reference: reference(id) })),
  }) as AnnotationView

const idsOf = (memberId: string, annotations: AnnotationView[]) =>
  recentReferences(memberId, annotations).map(({ id }) => id)

it('lists what a member cited in these marks, the last change first, each once and nobody else’s', () => {
  const marks = [
    mark('mina', '2026-01-01', ['a', 'b']),
    mark('mina', '2026-01-03', ['c', 'a']),
    mark('tomas', '2026-01-04', ['d']),
  ]
  expect(idsOf('mina', marks)).toEqual(['a', 'c', 'b'])
  expect(idsOf('vera', marks)).toEqual([])
})

it('puts what was cited since the page was opened first, by member', () => {
  rememberReference('olga', reference('x'))
  rememberReference('olga', reference('y'))
  rememberReference('olga', reference('x'))
  expect(idsOf('olga', [mark('olga', '2026-01-01', ['a', 'y'])])).toEqual(['x', 'y', 'a'])
  expect(idsOf('mina', [])).toEqual([])
})

it('remembers eight', () => {
  for (let at = 0; at < 12; at += 1) rememberReference('ann', reference(String(at)))
  expect(idsOf('ann', [])).toEqual(['11', '10', '9', '8', '7', '6', '5', '4'])
})
