'use client'

import { useState } from 'react'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import { Button } from '@/components/ui/controls/button'
import { Select } from '@/components/ui/controls/select'
import type { Adjudication } from '../screen/use-adjudication'

/** How many characters of a claim its name in a list has. */
const shownLength = 70

function nameOf({ exact, script }: ClaimView): string {
  return quoteInPlainText(exact.length > shownLength ? `${exact.slice(0, shownLength)}…` : exact, script)
}

/** Merging another open claim of the same document into this one. */
export function MergeChoice({ adjudication, claim }: { adjudication: Adjudication; claim: ClaimView }) {
  const others = adjudication.queue.order.flatMap((id) => {
    const other = adjudication.queue.claims.get(id)
    return other === undefined ||
      other.id === claim.id ||
      other.verdict !== null ||
      other.revisionId !== claim.revisionId
      ? []
      : [other]
  })
  // The claim that stands nearest in the text is the likeliest.
  const nearest = others.toSorted((p, q) => Math.abs(p.start - claim.start) - Math.abs(q.start - claim.start))
  const [chosen, setChosen] = useState<string | null>(null)
  const other = nearest.find(({ id }) => id === chosen) ?? nearest[0]
  if (other === undefined) return null
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer font-medium text-ink-2 hover:text-ink">Merge with another claim</summary>
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <Select
          label="The other claim"
          options={nearest.map((each) => ({ value: each.id, label: nameOf(each) }))}
          value={other.id}
          fieldClassName="min-w-0 max-w-full basis-80"
          onChange={(event) => {
            setChosen(event.currentTarget.value)
          }}
        />
        <Button onClick={() => void adjudication.merge(claim, other)}>Merge</Button>
      </div>
    </details>
  )
}
