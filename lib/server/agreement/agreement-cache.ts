import type { Agreement } from '@/lib/domain/agreement/schema'
import { computeSessionAgreement } from '@/lib/domain/agreement/session-agreement'
import type { BlindDocument } from '@/lib/domain/agreement/statistics'
import { turns } from '../turns'

/** The most results that are kept in memory. */
const maxKept = 20

interface Kept {
  stamp: string
  agreement: Promise<Agreement>
}

const kept = new Map<string, Kept>()

/**
 * The agreement of blind ratings, computed beside other work, once for all who ask while the ratings are the same.
 * @param of what it is the agreement of: a session, or a source as a report sees it. `stamp` changes whenever its ratings do.
 */
export function agreementOf(
  of: string,
  { documents, stamp }: { documents: readonly BlindDocument[]; stamp: string },
): Promise<Agreement> {
  const known = kept.get(of)
  if (known?.stamp === stamp) return known.agreement
  const agreement = computeSessionAgreement(documents, turns)
  kept.delete(of)
  kept.set(of, { stamp, agreement })
  agreement.catch(() => {
    if (kept.get(of)?.agreement === agreement) kept.delete(of)
  })
  for (const id of kept.keys()) {
    if (kept.size <= maxKept) break
    kept.delete(id)
  }
  return agreement
}
