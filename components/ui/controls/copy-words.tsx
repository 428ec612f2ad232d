'use client'

import { useId, useState } from 'react'
import { classNames } from '@/components/ui/class-names'
import { controlClasses } from './field'
import { Button, type ButtonSize } from './button'

/** Copies text to the clipboard. If the browser refuses, shows it selected, to be copied by keyboard. */
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

/** A secret that is shown only once, with a button to copy it. */
export function CopyOnce({ label, value }: { label: string; value: string }) {
  const id = useId()
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied('yes')
    } catch {
      // The clipboard needs https and permission: without them the text is selected, to be copied by hand.
      const field = document.getElementById(id)
      if (field instanceof HTMLInputElement) field.select()
      setCopied('failed')
    }
  }
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          dir="ltr"
          value={value}
          onFocus={(event) => {
            event.target.select()
          }}
          className={classNames(controlClasses, 'h-9 font-mono text-sm')}
        />
        <Button onClick={() => void copy()}>Copy</Button>
      </div>
      <p role="status" className="text-sm text-ink-3">
        {copied === 'yes' && 'Copied.'}
        {copied === 'failed' && 'The browser did not allow it: the text is selected, copy it with the keyboard.'}
      </p>
    </div>
  )
}
