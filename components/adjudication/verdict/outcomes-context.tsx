'use client'

import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Outcome } from './outcome-line'

const OutcomesContext = createContext<ReadonlyMap<string, Outcome>>(new Map())

/** Provides the cards inside with the decisions of closed sessions about the person's own annotations. */
export function OutcomesProvider({ outcomes, children }: { outcomes: readonly Outcome[]; children: ReactNode }) {
  const byAnnotation = useMemo(() => new Map(outcomes.map((outcome) => [outcome.annotationId, outcome])), [outcomes])
  return <OutcomesContext value={byAnnotation}>{children}</OutcomesContext>
}

/** The decision about one's own annotation; null when there is none, or the annotation is someone else's. */
export function useOutcome(annotationId: string): Outcome | null {
  return useContext(OutcomesContext).get(annotationId) ?? null
}
