import { expect, test } from 'vitest'
import { stepsDone, type WorkspaceBeginnings } from './first-steps'

const empty: WorkspaceBeginnings = { documents: 0, members: 1, invitations: 0, startedSessions: 0, closedSessions: 0 }

test.each<[string, Partial<WorkspaceBeginnings>, string[]]>([
  ['an empty workspace', {}, []],
  ['a document', { documents: 1 }, ['import']],
  ['an open invitation', { invitations: 1 }, ['invite']],
  ['a second member', { members: 2 }, ['invite']],
  ['a running session', { documents: 1, startedSessions: 1 }, ['import', 'session']],
  ['a closed one', { startedSessions: 1, closedSessions: 1 }, ['session', 'report']],
])('%s', (_name, beginnings, done) => {
  expect([...stepsDone({ ...empty, ...beginnings })]).toEqual(done)
})
