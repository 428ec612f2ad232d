import { expect, it } from 'vitest'
import { memberHeader } from '@/lib/domain/access/member-header'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import { call } from './calls'
import { firstSentence, makeWorld } from './world'

describeOnBothDatabases('a call that names its member', (context) => {
  it('is carried out as that member or not at all', async () => {
    const { members, sessions, document } = await makeWorld(context.database)
    const send = (member: string) =>
      call({
        method: 'POST',
        path: `/revisions/${document.revisionId}/annotations`,
        as: sessions.reviewer,
        json: { id: makeId(), ...firstSentence, rating: 'unsourced' },
        headers: { [memberHeader]: member },
      })
    const before = await context.database.read.annotation.count()
    const refused = await send(members.lead.memberId)
    expect(refused.status).toBe(401)
    expect(refused.json).toMatchObject({ code: 'unauthenticated', current: { memberId: members.reviewer.memberId } })
    expect(await context.database.read.annotation.count()).toBe(before)
    expect((await send(members.reviewer.memberId)).status).toBe(201)
  })
})
