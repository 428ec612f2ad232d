import { expect, it } from 'vitest'
import type { Actor } from '../access/gate'
import { limitComparisons } from './import-limit'

const member = (memberId: string): Actor => ({
  workspaceId: 'w',
  memberId,
  userId: 'u',
  name: 'Ada',
  role: 'lead',
  via: 'session',
  scopes: 'all',
})

it('a member has 120 comparisons a minute, and nobody pays for those of another', async () => {
  for (let count = 0; count < 120; count += 1) await limitComparisons(member('busy'))
  await expect(limitComparisons(member('busy'))).rejects.toMatchObject({ code: 'too-many-requests' })
  await expect(limitComparisons(member('calm'))).resolves.toBeUndefined()
})
