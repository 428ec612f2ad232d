import { describe, expect, test } from 'vitest'
import { eventTypes } from '../audit/events'
import type { Role } from '../access/policy'
import { secrecyOf, type SecretAssignment } from '@/lib/domain/review-sessions/visibility'
import {
  hearingOf,
  maySeePresent,
  type EventFacts,
  type Hearing,
  type Listener,
  type VisibilitySnapshot,
  type ThreadFacts,
} from './audience'

const blindSession = { id: 'blind', blind: true, reveal: 'after_submission' as const, state: 'active' as const }

function assigned(memberId: string, change: Partial<SecretAssignment> = {}): SecretAssignment {
  return { memberId, session: blindSession, documentId: 'doc', submitted: false, withdrawn: false, ...change }
}

const snapshot: VisibilitySnapshot = {
  // Ada and Bo judge `doc` blind and have not submitted; Cy and Di have.
  secrecy: secrecyOf(
    [blindSession],
    [assigned('ada'), assigned('bo'), assigned('cy', { submitted: true }), assigned('di', { submitted: true })],
  ),
  sessions: new Map([
    ['blind', { state: 'active', memberIds: new Set(['ada', 'bo', 'cy', 'di']), adjudicatorIds: new Set<string>() }],
    ['open', { state: 'active', memberIds: new Set(['ada', 'eve']), adjudicatorIds: new Set<string>() }],
    [
      'settling',
      { state: 'adjudication', memberIds: new Set(['eve', 'bo', 'flo']), adjudicatorIds: new Set(['eve', 'bo']) },
    ],
    ['done', { state: 'closed', memberIds: new Set(['eve']), adjudicatorIds: new Set(['eve']) }],
    ['draft', { state: 'draft', memberIds: new Set(['ada']), adjudicatorIds: new Set<string>() }],
  ]),
}

function listener(memberId: string, role: Role = 'reviewer'): Listener {
  return { memberId, role, scopes: 'all' }
}

function event(type: EventFacts['type'], change: Partial<EventFacts> = {}): EventFacts {
  return {
    type,
    actorId: 'ada',
    subjectId: 'subject',
    documentId: null,
    sessionId: null,
    mark: null,
    reviewerId: null,
    thread: null,
    ...change,
  }
}

function markIn(sessionId: string | null, authorId: string, documentId = 'doc'): EventFacts {
  return event('annotation.created', {
    actorId: authorId,
    documentId,
    sessionId,
    mark: { authorId, documentId, sessionId },
  })
}

const thread = (startedById: string, change: Partial<ThreadFacts> = {}): ThreadFacts => ({
  startedById,
  audience: 'everyone',
  documentId: 'doc',
  sessionId: null,
  mark: null,
  onClaim: false,
  commentAuthorId: null,
  ...change,
})

const comment = (authorId: string, audience: 'everyone' | 'leads', sessionId: string | null, startedById = authorId) =>
  event('comment.created', {
    actorId: authorId,
    documentId: 'doc',
    sessionId,
    thread: thread(startedById, { audience, sessionId, commentAuthorId: authorId }),
  })

const verdict = (sessionId: string) => event('verdict.decided', { actorId: 'lea', documentId: 'doc', sessionId })

describe('who hears of an event', () => {
  test.each<[string, EventFacts, Listener, Hearing]>([
    ['a mark of the blind phase: its author', markIn('blind', 'ada'), listener('ada'), 'whole'],
    ['another reviewer', markIn('blind', 'ada'), listener('bo'), 'nothing'],
    ['one who has submitted, of one who has not', markIn('blind', 'ada'), listener('cy'), 'nothing'],
    ['one who has submitted, of another who has', markIn('blind', 'cy'), listener('di'), 'whole'],
    ['one who has not, of one who has', markIn('blind', 'cy'), listener('ada'), 'nothing'],
    ['a lead hears that it moves on', markIn('blind', 'ada'), listener('lea', 'lead'), 'progress'],
    ['a lead who judges it blind does not', markIn('blind', 'ada'), listener('bo', 'lead'), 'nothing'],
    ['a viewer', markIn('blind', 'ada'), listener('vi', 'viewer'), 'nothing'],
    ['an open mark: who judges the document blind', markIn(null, 'eve'), listener('bo'), 'nothing'],
    ['anyone else', markIn(null, 'eve'), listener('vi', 'viewer'), 'whole'],
    ['in another document', markIn(null, 'eve', 'other'), listener('bo'), 'whole'],
    [
      'a mark whose place is unknown',
      event('annotation.deleted', { actorId: 'eve' }),
      listener('lea', 'lead'),
      'nothing',
    ],
    ['a session: its members', event('review-session.updated', { sessionId: 'open' }), listener('eve'), 'whole'],
    ['others', event('review-session.updated', { sessionId: 'open' }), listener('bo'), 'nothing'],
    ['a draft: its members', event('review-session.updated', { sessionId: 'draft' }), listener('ada'), 'nothing'],
    ['leads', event('review-session.updated', { sessionId: 'draft' }), listener('lea', 'lead'), 'whole'],
    [
      'an assignment of the blind phase: its reviewer',
      event('assignment.created', { actorId: 'lea', sessionId: 'blind', reviewerId: 'bo' }),
      listener('bo'),
      'whole',
    ],
    [
      'another reviewer',
      event('assignment.submitted', { sessionId: 'blind', reviewerId: 'ada' }),
      listener('bo'),
      'nothing',
    ],
    [
      'a lead',
      event('assignment.submitted', { sessionId: 'blind', reviewerId: 'ada' }),
      listener('lea', 'lead'),
      'whole',
    ],
    [
      'of an open session: another member',
      event('assignment.submitted', { sessionId: 'open', reviewerId: 'ada' }),
      listener('eve'),
      'whole',
    ],
    ['a verdict elsewhere on a document that one judges blind', verdict('settling'), listener('bo'), 'nothing'],
    ['who settles', verdict('settling'), listener('eve'), 'whole'],
    ['a lead', verdict('settling'), listener('lea', 'lead'), 'whole'],
    ['a reviewer of that session', verdict('settling'), listener('flo'), 'nothing'],
    ['a reviewer when it is over', verdict('done'), listener('flo'), 'whole'],
    ['words of the blind phase: another reviewer', comment('ada', 'everyone', 'blind'), listener('bo'), 'nothing'],
    ['a lead', comment('ada', 'everyone', 'blind'), listener('lea', 'lead'), 'nothing'],
    ['a question to the leads: a lead', comment('ada', 'leads', 'blind'), listener('lea', 'lead'), 'whole'],
    ['the answer: who asked', comment('lea', 'leads', 'blind', 'ada'), listener('ada'), 'whole'],
    ['others', comment('ada', 'leads', null), listener('eve'), 'nothing'],
    ['what a reviewer in the blind phase collects', event('reference.created'), listener('eve'), 'nothing'],
    ['themselves', event('reference.created'), listener('ada'), 'whole'],
    ['what someone else collects', event('reference.created', { actorId: 'eve' }), listener('bo'), 'whole'],
    ['a token of someone else', event('token.created'), listener('own', 'owner'), 'nothing'],
    ['an invitation: a lead', event('invitation.created'), listener('lea', 'lead'), 'nothing'],
    ['an owner', event('invitation.created'), listener('own', 'owner'), 'whole'],
    ['a password: others', event('member.password-changed', { subjectId: 'ada' }), listener('own', 'owner'), 'nothing'],
  ])('%s', (_, told, who, hearing) => {
    expect(hearingOf(who, told, snapshot)).toBe(hearing)
  })

  test('a token hears what its scopes may read', () => {
    const weak: Listener = { ...listener('eve'), scopes: ['annotate'] }
    for (const type of eventTypes) expect(hearingOf(weak, event(type), snapshot), type).toBe('nothing')
  })

  test('who judges blind hears nothing whole of a reviewer’s doings in the document, regardless of its type', () => {
    const places = {
      documentId: 'doc',
      sessionId: 'blind',
      mark: { authorId: 'ada', documentId: 'doc', sessionId: 'blind' },
    }
    const discussed = thread('ada', { sessionId: 'blind', commentAuthorId: 'ada' })
    const told = eventTypes.filter(
      (type) =>
        hearingOf(listener('bo'), event(type, { ...places, reviewerId: 'ada', thread: discussed }), snapshot) !==
        'nothing',
    )
    // Events of the workspace or the whole session, not of one member's work.
    expect(
      told.filter((type) => /^(annotation|sentence|assignment|claim|verdict|thread|comment|reference)/.test(type)),
    ).toEqual([])
  })
})

describe('who sees who is there', () => {
  const doc = { documentId: 'doc', sessionId: null, shown: true }
  const page = { documentId: null, sessionId: 'blind', shown: true }
  test.each<[string, Listener, string, typeof doc | typeof page, boolean]>([
    ['a viewer sees another', listener('vi', 'viewer'), 'eve', doc, true],
    ['who judges blind sees nobody', listener('bo'), 'eve', doc, false],
    ['nobody sees who judges blind', listener('eve'), 'bo', doc, false],
    ['but leads', listener('lea', 'lead'), 'bo', doc, true],
    ['a lead who judges blind sees nobody', listener('ada', 'lead'), 'bo', doc, false],
    ['nobody is seen where the protocol says so', listener('lea', 'lead'), 'eve', { ...doc, shown: false }, false],
    ['on the page of a blind session leads see others', listener('lea', 'lead'), 'bo', page, true],
    ['and others do not', listener('cy'), 'bo', page, false],
    ['on the page of an open one they do', listener('eve'), 'ada', { ...page, sessionId: 'open' }, true],
    ['who is not in the session sees nobody on its page', listener('cy'), 'ada', { ...page, sessionId: 'open' }, false],
    ['nor does who is on a page of nothing', listener('lea', 'lead'), 'ada', { ...page, sessionId: 'none' }, false],
  ])('%s', (_, viewer, presentId, place, seen) => {
    expect(maySeePresent({ viewer, presentId, snapshot }, place)).toBe(seen)
  })
})
