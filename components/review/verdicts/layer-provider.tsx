'use client'

import { useEffect, useMemo, useState, type ReactNode } from 'react'
import type { OutcomeClaim } from '@/lib/domain/claims/schema'
import { verdictName } from '@/components/adjudication/verdict-words'
import { useController } from '@/components/annotations/review-context'
import {
  registerShortcuts,
  singleKeysEnabled,
  isDialogOpen,
  isMenuOpen,
  isTyping,
} from '@/components/shell/keys/shortcuts'
import { showToast } from '@/components/ui/overlays/toast-store'
import { focusCard } from '../cards/card-focus'
import { addressWith, claimBeside, paintedClaim, type Layer, type Outcome } from './layer'
import { LayerContext, type VerdictLayer } from './layer-context'

/** The keys that change marks. Marks are hidden while verdicts are shown. */
const marking = new Set(['1', '2', '3', '4', '0', 'n', 'e', 'd', 'p', 'Delete', 'Backspace'])

/** Describes a claim to screen readers in one phrase. */
export function claimInWords({ verdict, own, place }: OutcomeClaim): string {
  const settled = verdict === null ? 'not settled' : `settled as ${verdictName(verdict.rating).toLowerCase()}`
  return `${place}, ${settled}${own === null ? '' : `, you rated it ${verdictName(own.rating).toLowerCase()}`}`
}

/** Provides the verdict layer to the review screen inside. `initial` is the layer that the address asks for, `first` the default one. */
export function VerdictLayerProvider({
  outcome,
  sourceId,
  initial,
  first,
  children,
}: {
  outcome: Outcome
  sourceId: string
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
      outcome,
      sourceId,
      layer,
      painted,
      activeId,
      open,
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
  }, [sourceId, outcome, layer, painted, activeId, claims, controller, first])

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
    // Waits until the reader has first measured its layout.
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

/** The keys of the verdict layer: V changes layers. While verdicts are shown, J and K go from claim to claim, and keys that mark do nothing. */
function useVerdictKeys(layer: VerdictLayer): void {
  const controller = useController()
  useEffect(() => {
    const isShown = layer.layer === 'verdicts'
    const listed = [
      { keys: 'j', label: 'Next claim' },
      { keys: 'k', label: 'Claim before' },
    ]
    const change = {
      keys: 'v',
      label: isShown ? 'Show the marks' : 'Show the verdicts',
      run: () => {
        layer.show(isShown ? 'marks' : 'verdicts')
      },
    }
    return registerShortcuts({ title: 'Verdicts', shortcuts: isShown ? [change, ...listed] : [change] })
  }, [layer])
  useEffect(() => {
    if (layer.layer !== 'verdicts') return
    const listen = (event: KeyboardEvent) => {
      const isElsewhere = isTyping(event.target) || isMenuOpen() || isDialogOpen()
      if (
        event.defaultPrevented ||
        event.isComposing ||
        isElsewhere ||
        !act(layer, event, controller.focusText.bind(controller))
      )
        return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    // Capture runs before the keys of the review, which would change hidden marks.
    window.addEventListener('keydown', listen, { capture: true })
    return () => {
      window.removeEventListener('keydown', listen, { capture: true })
    }
  }, [layer, controller])
}

/** The layer's action for a key press: a step, a way out, or a change of marks, which are hidden; null when there is none. */
function readLayerKey(event: KeyboardEvent): 'next' | 'before' | 'out' | 'change' | null {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const isModified = event.ctrlKey || event.metaKey
  if (isModified && (key === 'z' || key === 'y')) return 'change'
  if (isModified || event.altKey || event.shiftKey) return null
  if (key.length === 1 && !singleKeysEnabled()) return null
  if (marking.has(key)) return 'change'
  if (key === 'Escape') return 'out'
  if (key === 'j') return 'next'
  return key === 'k' ? 'before' : null
}

function act(layer: VerdictLayer, event: KeyboardEvent, focusText: () => void): boolean {
  const asked = readLayerKey(event)
  switch (asked) {
    case null:
      return false
    case 'change':
      showToast('Verdicts are shown, and cannot be changed here. Press V to see the marks.')
      return true
    case 'out': {
      const isInCard = event.target instanceof Element && event.target.closest('article[id^="card-"]') !== null
      if (isInCard) focusText()
      else if (layer.activeId !== null) layer.open(null)
      return isInCard || layer.activeId !== null
    }
    case 'next':
    case 'before':
      layer.step(asked === 'next' ? 1 : -1)
      return true
  }
}
