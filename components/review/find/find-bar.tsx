'use client'

import { useCallback, useEffect, useEffectEvent, useRef } from 'react'
import { useTypedAhead } from '@/components/ui/controls/opening-field'
import { controlClasses } from '@/components/ui/controls/field'
import { IconButton } from '@/components/ui/controls/button'
import { Icon } from '@/components/ui/icon'
import { mostHits, type Find } from './use-find'

/** The search field above the text. */
export default function FindBar({ find }: { find: Find }) {
  const field = useRef<HTMLInputElement | null>(null)
  const typed = useTypedAhead()
  const begin = useEffectEvent(() => {
    if (typed === '') return
    find.search(typed)
    // The next letter is appended, instead of replacing the present ones.
    field.current?.setSelectionRange(typed.length, typed.length)
  })
  useEffect(() => {
    begin()
  }, [])
  const hold = useCallback((element: HTMLInputElement | null) => {
    field.current = element
    element?.focus()
    element?.select()
  }, [])
  const count = find.hits.length
  const state =
    find.words.trim() === ''
      ? ''
      : count === 0
        ? 'Not found'
        : `${String(find.at + 1)} of ${String(count)}${count === mostHits ? ' or more' : ''}`
  return (
    <search
      className="flex items-center gap-1.5 border-b border-line bg-surface px-3 py-1.5 min-[60rem]:px-6 print:hidden"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') find.close()
        else if (event.key === 'Enter' && event.target === field.current) find.step(event.shiftKey ? -1 : 1)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <input
        ref={hold}
        type="text"
        dir="auto"
        aria-label="Find in the document"
        placeholder="Find in the document"
        autoComplete="off"
        data-own-escape
        className={`${controlClasses} h-8 max-w-72 min-w-0 flex-1`}
        value={find.words}
        onChange={(event) => {
          find.search(event.target.value)
        }}
      />
      <span role="status" className="min-w-24 px-1 text-sm text-ink-2 tabular-nums">
        {state}
      </span>
      <IconButton
        label="Previous place (Shift Enter)"
        size="small"
        icon={<Icon name="chevron" className="rotate-180" />}
        disabled={count === 0}
        onClick={() => {
          find.step(-1)
        }}
      />
      <IconButton
        label="Next place (Enter)"
        size="small"
        icon={<Icon name="chevron" />}
        disabled={count === 0}
        onClick={() => {
          find.step(1)
        }}
      />
      <IconButton label="Close the search (Escape)" size="small" icon={<Icon name="close" />} onClick={find.close} />
    </search>
  )
}
