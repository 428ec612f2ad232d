'use client'

import { useEffect } from 'react'
import { registerShortcuts, singleKeysEnabled } from '@/components/shell/keys/shortcuts'
import { showToast } from '@/components/ui/overlays/toast-store'
import { useController } from '@/components/annotations/review-context'
import type { VerdictLayer } from './layer-context'

/** Keys that change marks, which are not on the screen while verdicts are. */
const marking = new Set(['1', '2', '3', '4', '0', 'n', 'e', 'd', 'p', 'Delete', 'Backspace'])

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

/** The keys of the verdict layer: V changes layers, and while verdicts are shown J and K go from claim to claim and nothing marks. */
export function useVerdictKeys(layer: VerdictLayer): void {
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
      const isElsewhere = isTyping(event.target) || document.querySelector('dialog:modal') !== null
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
    // Before the keys of the review, which would change marks that are not shown.
    window.addEventListener('keydown', listen, { capture: true })
    return () => {
      window.removeEventListener('keydown', listen, { capture: true })
    }
  }, [layer, controller])
}

function act(layer: VerdictLayer, event: KeyboardEvent, focusText: () => void): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const isUndo = (event.ctrlKey || event.metaKey) && (key === 'z' || key === 'y')
  if (!isUndo && (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)) return false
  if (isUndo || marking.has(key)) {
    if (!isUndo && key.length === 1 && !singleKeysEnabled()) return false
    showToast('Verdicts are shown, and they do not change here. Press V to see the marks.')
    return true
  }
  if (key === 'Escape') {
    const isInCard = event.target instanceof Element && event.target.closest('article[id^="card-"]') !== null
    if (isInCard) focusText()
    else if (layer.activeId !== null) layer.open(null)
    return isInCard || layer.activeId !== null
  }
  if ((key !== 'j' && key !== 'k') || !singleKeysEnabled()) return false
  layer.step(key === 'j' ? 1 : -1)
  return true
}
