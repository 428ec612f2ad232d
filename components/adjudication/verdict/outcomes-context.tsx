'use client'

import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Outcome } from './outcome-line'

const OutcomesContext = createContext<ReadonlyMap<string, Outcome>>(new Map())

/** Gives the cards inside what closed sessions decided about the person's own annotations. */
export function OutcomesProvider({ outcomes, children }: { outcomes: readonly Outcome[]; children: ReactNode }) {
  const byAnnotation = useMemo(() => new Map(outcomes.map((outcome) => [outcome.annotationId, outcome])), [outcomes])
  return <OutcomesContext value={byAnnotation}>{children}</OutcomesContext>
}

/** What was decided about one's annotation; null when nothing was, or it is someone else's. */
export function useOutcome(annotationId: string): Outcome | null {
  return useContext(OutcomesContext).get(annotationId) ?? null
}
