'use client'

import { useState } from 'react'
import { Button, type ButtonSize } from './button'

/** Puts words on the clipboard; where the browser refuses, they are shown selected for the keyboard to copy. */
export function CopyWords({ words, label, size }: { words: string; label: string; size?: ButtonSize | undefined }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words)
      setState('copied')
    } catch {
      setState('refused')
    }
  }
  return (
    <>
      <Button
        size={size}
        onClick={() => {
          void copy()
        }}
      >
        <span aria-live="polite">{state === 'copied' ? 'Copied' : label}</span>
      </Button>
      {state === 'refused' && (
        <textarea
          readOnly
          dir="auto"
          aria-label="The words, selected: copy them with Ctrl+C"
          className="min-h-20 w-full rounded-md border border-field bg-surface p-2"
          value={words}
          ref={(element) => {
            element?.select()
          }}
        />
      )}
    </>
  )
}
