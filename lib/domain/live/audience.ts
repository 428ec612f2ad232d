import { refusalOf, type Action, type Role, type TokenScope } from '../access/policy'
import type { EventType } from '../audit/events'
import { leadsSessions, maySeeSession } from '../review-sessions/access'
import { readsBlindIn, seesMarkIn, type MarkKey, type Secrecy } from '@/lib/domain/review-sessions/visibility'
import type { SessionState } from '../review-sessions/states'
import { maySeeComment, maySeeThread, type ThreadPlace } from '../threads/visibility'

/** A listener of the live feed. */
export interface Listener {
  memberId: string
  role: Role
  scopes: readonly TokenScope[] | 'all'
}

/** A review session that is not deleted. */
export interface LiveSession {
  state: SessionState
  memberIds: ReadonlySet<string>
  /** The members who settle its claims. */
  adjudicatorIds: ReadonlySet<string>
}

/** The present state of the listener's workspace: what is hidden, and its review sessions by id. */
export interface VisibilitySnapshot {
  secrecy: Secrecy
  sessions: ReadonlyMap<string, LiveSession>
}

/** The subject of a thread. `onClaim`: a claim of its session. */
export interface ThreadFacts extends Omit<ThreadPlace, 'claim'> {
  onClaim: boolean
  /** For `comment` events. */
  commentAuthorId: string | null
}

/** The facts of an event that the rule needs. Null for facts that are unknown or do not exist. */
export interface EventFacts {
  type: EventType
  actorId: string
  subjectId: string
  documentId: string | null
  sessionId: string | null
  /** For `annotation` and `sentence-decision` events. */
  mark: MarkKey | null
  /** The reviewer of `assignment` events. */
  reviewerId: string | null
  /** For `thread` and `comment` events. */
  thread: ThreadFacts | null
}

/** What a listener receives of an event: all of it, only that some assignment of the session progressed, or nothing. */
export type Hearing = 'whole' | 'progress' | 'nothing'

/** An event and a possible listener. */
interface Scene {
  listener: Listener
  event: EventFacts
  snapshot: VisibilitySnapshot
}

type NounOf<T> = T extends `${infer Noun}.${string}` ? Noun : never
type EventNoun = NounOf<EventType>

interface NounRule {
  /** The action that the listener must be allowed at all. */
  action: Action
  hears: (scene: Scene) => Hearing
}

const whole = (): Hearing => 'whole'
const when = (allowed: boolean): Hearing => (allowed ? 'whole' : 'nothing')

function leads({ role }: Listener): boolean {
  return leadsSessions(role)
}

function isOwn({ listener, event }: Scene): boolean {
  return event.actorId === listener.memberId
}

function seesSession({ listener, event, snapshot }: Scene): boolean {
  const session = event.sessionId === null ? undefined : snapshot.sessions.get(event.sessionId)
  if (session === undefined) return leads(listener)
  return maySeeSession({ role: listener.role, isMember: session.memberIds.has(listener.memberId) }, session.state)
}

function inBlindPhase({ event, snapshot }: Scene): boolean {
  return event.sessionId !== null && snapshot.secrecy.sessions.has(event.sessionId)
}

/** Whether the listener is to judge the event's document blind; without a known document, any document. */
function readsBlind({ listener, event, snapshot: { secrecy } }: Scene): boolean {
  const { memberId } = listener
  if (event.documentId !== null) return readsBlindIn(secrecy, memberId, event.documentId)
  return (secrecy.assignmentsOf.get(memberId) ?? []).some(({ documentId }) =>
    readsBlindIn(secrecy, memberId, documentId),
  )
}

function hearsMark(scene: Scene): Hearing {
  const { listener, event, snapshot } = scene
  if (event.mark !== null && seesMarkIn(snapshot.secrecy, listener.memberId, event.mark)) return 'whole'
  // Leads see the progress of each assignment, but not the marks.
  return event.sessionId !== null && leads(listener) && !readsBlind(scene) ? 'progress' : 'nothing'
}

function settles({ listener, event, snapshot }: Scene): boolean {
  const session = event.sessionId === null ? undefined : snapshot.sessions.get(event.sessionId)
  return session?.adjudicatorIds.has(listener.memberId) === true
}

function hearsThread(scene: Scene): Hearing {
  const { listener, event, snapshot } = scene
  const { thread } = event
  if (thread === null) return 'nothing'
  const { onClaim, commentAuthorId, ...place } = thread
  const sessionState = (place.sessionId === null ? undefined : snapshot.sessions.get(place.sessionId))?.state ?? null
  const viewer = { memberId: listener.memberId, leads: leads(listener), settles: settles(scene) }
  if (!maySeeThread(snapshot.secrecy, viewer, { ...place, claim: onClaim ? { sessionState } : null })) return 'nothing'
  if (commentAuthorId === null) return 'whole'
  return when(maySeeComment(snapshot.secrecy, listener.memberId, { thread: place, authorId: commentAuthorId }))
}

/** Claims are made of the marks of several reviewers, so they are shown to those who settle them, and to all once that is done. */
function hearsClaim(scene: Scene): Hearing {
  const { event, snapshot, listener } = scene
  if (readsBlind(scene) || event.sessionId === null) return 'nothing'
  const state = snapshot.sessions.get(event.sessionId)?.state
  return when(state === 'closed' || (state === 'adjudication' && (leads(listener) || settles(scene))))
}

/** A reference that a reviewer adds in the blind phase hints at what they are about to mark. */
function hearsReference(scene: Scene): Hearing {
  const works = scene.snapshot.secrecy.assignmentsOf.get(scene.event.actorId) ?? []
  return when(isOwn(scene) || works.length === 0)
}

const claimRule: NounRule = { action: 'claim.read', hears: hearsClaim }
const threadRule: NounRule = { action: 'thread.read', hears: hearsThread }
const markRule: NounRule = { action: 'annotation.read', hears: hearsMark }
const sessionRule: NounRule = { action: 'review-session.read', hears: (scene) => when(seesSession(scene)) }
const accountTypes: readonly EventType[] = ['member.password-changed', 'member.sessions-ended', 'member.session-ended']

const rules: Record<EventNoun, NounRule> = {
  workspace: { action: 'workspace.read', hears: whole },
  member: {
    action: 'member.list',
    hears: ({ event, listener }) => when(!accountTypes.includes(event.type) || event.subjectId === listener.memberId),
  },
  invitation: { action: 'invitation.list', hears: whole },
  token: { action: 'token.list', hears: (scene) => when(isOwn(scene)) },
  source: { action: 'source.read', hears: whole },
  document: { action: 'document.read', hears: whole },
  revision: { action: 'document.read', hears: whole },
  scope: { action: 'document.read', hears: whole },
  annotation: markRule,
  'sentence-decision': markRule,
  reference: { action: 'reference.read', hears: hearsReference },
  'review-session': sessionRule,
  'session-member': sessionRule,
  'session-document': sessionRule,
  assignment: {
    action: 'assignment.read',
    hears: (scene) =>
      when(
        leads(scene.listener) ||
          scene.event.reviewerId === scene.listener.memberId ||
          (seesSession(scene) && !inBlindPhase(scene)),
      ),
  },
  'conflict-of-interest': {
    action: 'conflict-of-interest.list',
    hears: (scene) => when(leads(scene.listener) || isOwn(scene)),
  },
  claims: claimRule,
  claim: claimRule,
  verdict: claimRule,
  report: { action: 'report.read', hears: whole },
  thread: threadRule,
  comment: threadRule,
  job: { action: 'job.read', hears: whole },
}

function hasRule(noun: string): noun is EventNoun {
  return Object.hasOwn(rules, noun)
}

/**
 * What the listener receives of an event of their workspace (law 4): never more than the pages would show them now. `snapshot` must not be older than
 * the event.
 */
export function hearingOf(listener: Listener, event: EventFacts, snapshot: VisibilitySnapshot): Hearing {
  const noun = event.type.slice(0, event.type.indexOf('.'))
  if (!hasRule(noun)) return 'nothing'
  const { action, hears } = rules[noun]
  return refusalOf(action, listener.role, listener.scopes) === null ? hears({ listener, event, snapshot }) : 'nothing'
}

/** The facts of a place that the rule of presence needs. `shown` is false where a protocol hides all members. */
export interface PlaceFacts {
  documentId: string | null
  sessionId: string | null
  shown: boolean
}

/**
 * Whether a listener sees that another member is at a place. A member who must judge a document blind neither sees others in it nor is seen there,
 * except by leads, who assigned it to them. On the page of a session in its blind phase only leads see others; on the page of a session that the
 * listener may not see, no one does.
 */
export function maySeePresent(
  {
    viewer,
    presentId,
    snapshot: { secrecy, sessions },
  }: { viewer: Listener; presentId: string; snapshot: VisibilitySnapshot },
  { documentId, sessionId, shown }: PlaceFacts,
): boolean {
  if (!shown) return false
  if (documentId !== null) {
    if (readsBlindIn(secrecy, viewer.memberId, documentId)) return false
    return leads(viewer) || !readsBlindIn(secrecy, presentId, documentId)
  }
  const session = sessions.get(sessionId ?? '')
  if (session === undefined) return false
  const isMember = session.memberIds.has(viewer.memberId)
  if (!maySeeSession({ role: viewer.role, isMember }, session.state)) return false
  return leads(viewer) || !secrecy.sessions.has(sessionId ?? '')
}
