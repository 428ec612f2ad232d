import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import type { SessionState } from '@/lib/domain/review-sessions/states'

const stateNames: Record<SessionState, string> = {
  draft: 'Draft',
  active: 'Active',
  adjudication: 'In adjudication',
  closed: 'Closed',
}

/** The state of a session, in words: "Active, blind". */
export function stateInWords({ state, protocol }: Pick<SessionView, 'state' | 'protocol'>): string {
  return state === 'active' ? `${stateNames[state]}, ${protocol.blind ? 'blind' : 'open'}` : stateNames[state]
}

/** The progress of a session, in words. */
export function progressInWords({ state, progress }: Pick<SessionView, 'state' | 'progress'>): string {
  const { assignments, submitted, accepted, withdrawn, claims, openClaims } = progress
  if (state === 'draft') return 'Not started'
  if (state === 'active') {
    const wanted = assignments - withdrawn
    return wanted === 0
      ? 'Nothing is assigned yet'
      : `${numberInWords(submitted + accepted)} of ${countInWords(wanted, 'review')} submitted`
  }
  if (claims === null) return ''
  return openClaims === null || openClaims === 0
    ? `${countInWords(claims, 'claim')} decided`
    : `${numberInWords(claims - openClaims)} of ${countInWords(claims, 'claim')} decided`
}
