'use client'

import { createContext, use } from 'react'
import type { AdditionView } from '@/lib/domain/frozen-reports/schema'
import { dateInWords } from '@/components/ui/text/wording'

/** The replies and corrections noted beside the report; none beside a live preview. */
export const AdditionsContext = createContext<readonly AdditionView[]>([])

const names: Record<AdditionView['kind'], string> = {
  reply: 'The publisher replied',
  correction: 'The publisher corrected this',
}

/** One reply or correction with its day and address. */
export function Addition({ addition: { kind, day, url, text } }: { addition: AdditionView }) {
  return (
    <div className="border-s-2 border-accent ps-3 text-sm [overflow-wrap:anywhere]">
      <p className="text-ink-2">
        {names[kind]} on {dateInWords(day)}
        {url !== '' && (
          <>
            {' '}
            (
            <a href={url} rel="noreferrer" className="underline underline-offset-2" dir="ltr">
              {url}
            </a>
            )
          </>
        )}
        :
      </p>
      <p dir="auto" className="whitespace-pre-line text-ink">
        {text}
      </p>
    </div>
  )
}

/** The replies and corrections about one claim. */
export function ClaimAdditions({ claimId }: { claimId: string | null }) {
  const own = use(AdditionsContext).filter((addition) => claimId !== null && addition.claimId === claimId)
  if (own.length === 0) return null
  return (
    <div className="grid gap-2 md:col-span-2 print:col-span-2">
      {own.map((addition) => (
        <Addition key={addition.id} addition={addition} />
      ))}
    </div>
  )
}
