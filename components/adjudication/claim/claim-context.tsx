import { useMemo } from 'react'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { PassageReader } from '@/components/reader/passage-reader'

/** The claim where it stands: the blocks around it as the document sets them, its words lit. */
export function ClaimContext({ claim }: { claim: ClaimView }) {
  const { content, start } = claim.context
  const lit = useMemo(() => [{ start: claim.start - start, end: claim.end - start }], [claim.start, claim.end, start])
  return (
    <div className="max-w-[42rem] text-ink-2">
      <PassageReader content={content} label="The claim in its text" lit={lit} />
    </div>
  )
}
