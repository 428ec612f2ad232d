'use client'

import { useSyncExternalStore } from 'react'
import { Kbd } from '@/components/ui/text/kbd'

const spoken: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Enter: 'Enter',
  Backspace: '⌫',
}

const noChange = () => () => undefined

/** Keys as this keyboard labels them: `Mod+k` reads ⌘ K on a Mac and Ctrl K elsewhere; `g d` reads "G then D". */
export function KeyHint({ keys }: { keys: string }) {
  const isMac = useSyncExternalStore(
    noChange,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  )
  const steps = keys.split(' ')
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {steps.map((step, at) => (
        <span key={at} className="inline-flex items-center gap-1">
          {at > 0 && <span className="text-xs text-ink-3">then</span>}
          {step.split('+').map((part) => (
            <Kbd key={part}>
              {part === 'Mod'
                ? isMac
                  ? '⌘'
                  : 'Ctrl'
                : (spoken[part] ?? (part.length === 1 ? part.toUpperCase() : part))}
            </Kbd>
          ))}
        </span>
      ))}
    </span>
  )
}
