'use client'

import { useEffect, useMemo, useState, type ReactNode } from 'react'
import type { OutcomeClaim } from '@/lib/domain/claims/schema'
import { verdictName } from '@/components/adjudication/verdict-words'
import { focusCard } from '../cards/card-focus'
import { useController } from '@/components/annotations/review-context'
import { addressWith, claimBeside, paintedClaim, type Layer, type Outcome } from './layer'
import { LayerContext, type VerdictLayer } from './layer-context'
import { useVerdictKeys } from './use-verdict-keys'

/** The words for a claim in one breath, for screen readers. */
export function claimInWords({ verdict, own, place }: OutcomeClaim): string {
  const settled = verdict === null ? 'not settled' : `settled as ${verdictName(verdict.rating).toLowerCase()}`
  return `${place}, ${settled}${own === null ? '' : `, you rated it ${verdictName(own.rating).toLowerCase()}`}`
}

/** Gives the review screen inside what was settled about its text. `initial` is the layer that the address asks for, `first` the one without it. */
export function VerdictLayerProvider({
  outcome,
  initial,
  first,
  children,
}: {
  outcome: Outcome
  initial: Layer
  first: Layer
  children: ReactNode
}) {
  const controller = useController()
  const [layer, setLayer] = useState(initial)
  const [activeId, setActiveId] = useState<string | null>(null)
  const { claims } = outcome
  const painted = useMemo(() => claims.map(paintedClaim), [claims])

  const value = useMemo((): VerdictLayer => {
    const open = (id: string | null) => {
      setActiveId(id)
      const claim = claims.find((each) => each.id === id)
      if (claim !== undefined) controller.announce(claimInWords(claim))
    }
    return {
      ...{ outcome, layer, painted, activeId, open },
      show: (next) => {
        setLayer(next)
        setActiveId(null)
        controller.clearSelection()
        controller.open(null)
        controller.announce(next === 'verdicts' ? 'Verdicts are shown.' : 'The reviewers’ marks are shown.')
        history.replaceState(null, '', addressWith(location.href, next, first))
      },
      activate: (ids, byKey) => {
        const id =
          byKey && activeId !== null && ids.includes(activeId)
            ? activeId
            : ids[(ids.indexOf(activeId ?? '') + 1) % ids.length]
        if (id === undefined) return
        open(id)
        if (byKey) focusCard(id)
      },
      describe: ({ start, end }) => {
        const here = claims.filter((claim) => claim.start < end && start < claim.end)
        return here.length === 0 ? null : here.map(claimInWords).join('. ')
      },
      step: (by) => {
        const offset = controller.getState().view.sentence?.start ?? 0
        const claim = claimBeside(claims, { activeId, offset, by })
        if (claim === null) {
          controller.announce(by === 1 ? 'This was the last claim.' : 'This was the first claim.')
          return
        }
        open(claim.id)
        controller.show(claim)
        controller.focusText()
      },
    }
  }, [outcome, layer, painted, activeId, claims, controller, first])

  useEffect(() => {
    const follow = () => {
      const claimId = /^#claim-(.+)$/.exec(location.hash)?.[1]
      if (location.hash.startsWith('#annotation-')) setLayer('marks')
      const claim = claims.find(({ id }) => id === claimId)
      if (claim === undefined) return
      setLayer('verdicts')
      setActiveId(claim.id)
      controller.show(claim)
    }
    // After the reader has taken its first look at the layout.
    const frame = requestAnimationFrame(follow)
    window.addEventListener('hashchange', follow)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('hashchange', follow)
    }
  }, [claims, controller])

  useVerdictKeys(value)
  return <LayerContext value={value}>{children}</LayerContext>
}
