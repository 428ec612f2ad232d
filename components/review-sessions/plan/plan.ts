import { keysOf } from '@/lib/domain/keys'
import { isSameJson } from '@/lib/domain/audit/changes'
import type { Protocol, SecondReading } from '@/lib/domain/review-sessions/protocol'
import type { SessionPatch, SessionView } from '@/lib/domain/review-sessions/schema'

/** The fields of a plan: the session's own and its protocol's, side by side, so that each can be compared and merged by itself. */
export interface Plan extends Omit<Protocol, 'secondReading'> {
  /** Null when all documents are read in the same way. */
  secondReading: SecondReading | null
  name: string
  question: string
  guidelines: string
  dueAt: string | null
}

export type PlanKey = keyof Plan

/** A field that both sides changed to different values. */
export interface Clash {
  key: PlanKey
  mine: Plan[PlanKey]
  theirs: Plan[PlanKey]
}

/** The plan of a session. */
export function planOf({ name, question, guidelines, dueAt, protocol }: SessionView): Plan {
  return { name, question, guidelines, dueAt, secondReading: null, ...protocol }
}

function protocolOf({
  name: _name,
  question: _question,
  guidelines: _guidelines,
  dueAt: _dueAt,
  secondReading,
  ...protocol
}: Plan): Protocol {
  return secondReading === null ? protocol : { ...protocol, secondReading }
}

/** The fields in which two plans differ. */
export function differences(one: Plan, other: Plan): PlanKey[] {
  return keysOf(one).filter((key) => !isSameJson(one[key], other[key]))
}

const own: readonly PlanKey[] = ['name', 'question', 'guidelines', 'dueAt']

/** The patch that makes a session equal the plan; null when nothing differs. The protocol is sent whole, and names are trimmed. */
export function patchOf(session: SessionView, written: Plan): SessionPatch | null {
  const plan = { ...written, name: written.name.trim() }
  const changed = differences(planOf(session), plan)
  if (changed.length === 0) return null
  return {
    ...Object.fromEntries(own.filter((key) => changed.includes(key)).map((key) => [key, plan[key]])),
    ...(changed.some((key) => !own.includes(key)) ? { protocol: protocolOf(plan) } : {}),
  }
}

/**
 * Merges the changes made here with someone else's; `base` is what both started from. A field that only one side changed keeps that change. A field
 * that both sides changed differently clashes, and keeps mine until someone chooses.
 */
export function mergePlans({ base, mine, theirs }: { base: Plan; mine: Plan; theirs: Plan }): {
  plan: Plan
  clashes: Clash[]
} {
  const changed = differences(base, mine)
  const clashes = changed
    .filter((key) => !isSameJson(base[key], theirs[key]) && !isSameJson(mine[key], theirs[key]))
    .map((key) => ({ key, mine: mine[key], theirs: theirs[key] }))
  const kept = Object.fromEntries(changed.map((key) => [key, mine[key]]))
  return { plan: { ...theirs, ...kept }, clashes }
}
