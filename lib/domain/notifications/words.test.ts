import { describe, expect, it } from 'vitest'
import { groupInWords, groupNotifications, groupPath } from './words'
import type { NotificationType, NotificationView } from './schema'

let number = 0

function told(
  type: NotificationType,
  {
    actorName = 'Ana',
    sessionId = 's',
    readAt = null,
  }: { actorName?: string; sessionId?: string; readAt?: string | null } = {},
): NotificationView {
  number += 1
  return {
    id: String(number),
    type,
    data: { actorName, sessionId, documentId: `d${String(number)}`, title: 'The pier' },
    createdAt: '2026-03-01T10:00:00.000Z',
    readAt,
  }
}

const many = (count: number, type: NotificationType, more = {}) => Array.from({ length: count }, () => told(type, more))
const shapeOf = (all: readonly NotificationView[]) =>
  groupNotifications(all).map((entry) => (entry.kind === 'one' ? 1 : entry.notifications.length))

describe('notifications that stand together', () => {
  it.each<[string, NotificationView[], number[]]>([
    ['many of a kind', many(26, 'submission-received'), [26]],
    ['two are no group', many(2, 'submission-received'), [1, 1]],
    [
      'of two sessions',
      [...many(3, 'submission-received'), ...many(3, 'submission-received', { sessionId: 't' })],
      [3, 3],
    ],
    ['new and read', [...many(3, 'submission-received'), ...many(4, 'submission-received', { readAt: 'x' })], [3, 4]],
    ['what addresses someone stands for itself', many(4, 'mention'), [1, 1, 1, 1]],
    [
      'a closed session between',
      [...many(3, 'assignment-given'), told('session-closed'), ...many(3, 'assignment-given')],
      [3, 1, 3],
    ],
    ['none', [], []],
  ])('%s', (_name, all, shape) => {
    expect(shapeOf(all)).toEqual(shape)
  })

  it('loses none and keeps the order', () => {
    const all = [...many(5, 'submission-received'), told('mention'), ...many(2, 'assignment-returned')]
    const flat = groupNotifications(all).flatMap((entry) =>
      entry.kind === 'one' ? [entry.notification] : entry.notifications,
    )
    expect(flat).toEqual(all)
  })

  it.each([
    [['Ana'], 'Ana submitted 3 reviews'],
    [['Ana', 'Ben'], 'Ana and Ben submitted 3 reviews'],
    [['Ana', 'Ben', 'Cleo'], 'Ana and 2 others submitted 3 reviews'],
  ])('names who: %j', (names, words) => {
    const all = Array.from({ length: 3 }, (_, index) =>
      told('submission-received', { actorName: names[index % names.length] ?? '' }),
    )
    expect(groupInWords(all, 'UTC')).toBe(words)
    expect(groupPath(all)).toBe('/review-sessions/s')
  })
})
