'use client'

import { useEffect, useEffectEvent, useId, useRef, useState, type ReactNode } from 'react'
import { identify, titleOf, type Identifier } from '@/lib/domain/references/identify'
import type { ReferenceSummary } from '@/lib/domain/references/schema'
import { classNames } from '@/components/ui/class-names'
import { controlClasses } from '@/components/ui/controls/field'
import type { ReferenceValues } from '@/components/references/reference-values'
import { foldWords } from '@/lib/domain/text/fold'
import { callApi, type CallResult } from '@/lib/client/api/call'

/** The pause in typing before the library is searched, in milliseconds, and the most references shown. */
const searchPause = 180
const mostShown = 7

/** The state of a search of the library. */
type Found = { kind: 'searching' } | { kind: 'found'; items: ReferenceSummary[] } | { kind: 'failed' }
const searching: Found = { kind: 'searching' }

export interface ReferenceSearchProps {
  /** The typed words. The caller keeps them and may restore them later. */
  query: string
  onQuery: (query: string) => void
  /** References cited before, the latest first: shown while nothing is typed, and searched when the library cannot be reached. */
  recent: readonly ReferenceSummary[]
  /** `saves` is true when the choice was made with Ctrl+Enter, which leaves the quote out. */
  onPick: (reference: ReferenceSummary, saves: boolean) => void
  /** Begins a new reference with these values. */
  onCreate: (values: Partial<ReferenceValues>, saves: boolean) => void
}

/** The search field of evidence. It recognises addresses and DOIs, searches the library for other words, and offers a new reference last. */
export function ReferenceSearch({ query, onQuery, recent, onPick, onCreate }: ReferenceSearchProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const words = query.trim()
  const identifier = identify(words)
  const { found, again } = useLibrary(words, identifier)
  const [current, setCurrent] = useState(0)
  const items = shownItems(found, recent, words)
  // Without an answer it is unknown whether the library has it already.
  const mayCreate = found.kind === 'found' || words === ''
  const count = items.length + (mayCreate ? 1 : 0)
  const at = Math.min(current, Math.max(0, count - 1))
  // Enter pressed before the answer arrives picks the first result.
  const hasty = useRef<{ saves: boolean } | null>(null)

  const choose = (index: number, saves: boolean) => {
    const reference = items[index]
    if (reference !== undefined) onPick(reference, saves)
    else if (mayCreate) onCreate(valuesOf(identifier, words), saves)
    else again()
  }
  const answer = useEffectEvent((kind: Found['kind']) => {
    if (kind === 'searching' || hasty.current === null) return
    const { saves } = hasty.current
    hasty.current = null
    if (kind === 'found') choose(0, saves)
  })
  useEffect(() => {
    answer(found.kind)
  }, [found])
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
  }, [])

  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <label htmlFor={`${id}-search`} className="text-sm font-medium">
        Evidence
      </label>
      <input
        ref={field}
        id={`${id}-search`}
        type="text"
        dir="auto"
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={count === 0 ? undefined : `${id}-${String(at)}`}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={2000}
        placeholder="Paste an address or DOI, or search"
        className={controlClasses}
        value={query}
        onChange={(event) => {
          setCurrent(0)
          onQuery(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (step !== undefined) {
            event.preventDefault()
            if (count > 0) setCurrent((at + step + count) % count)
          } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault()
            event.stopPropagation()
            const saves = event.ctrlKey || event.metaKey
            if (found.kind === 'searching' && !(words === '' && items.length > 0)) hasty.current = { saves }
            else choose(at, saves)
          }
        }}
      />
      <Choices
        id={id}
        items={items}
        at={at}
        words={words}
        recent={recent}
        mayCreate={mayCreate}
        createLabel={createLabel(identifier, words)}
        onPress={(index) => {
          choose(index, false)
        }}
      />
      <Outcome found={found} count={items.length} words={words} />
    </div>
  )
}

/** The references found and, last, the choice of a new one. */
function Choices({
  id,
  items,
  at,
  words,
  recent,
  mayCreate,
  createLabel,
  onPress,
}: {
  /** The prefix of the ids of the list and its options. */
  id: string
  items: readonly ReferenceSummary[]
  /** The index of the current option. */
  at: number
  words: string
  recent: readonly ReferenceSummary[]
  mayCreate: boolean
  createLabel: string
  onPress: (index: number) => void
}) {
  return (
    <ul id={`${id}-list`} role="listbox" aria-label="References" className="grid grid-cols-[minmax(0,1fr)] gap-px">
      {items.map((item, index) => (
        <Option
          key={item.id}
          id={`${id}-${String(index)}`}
          isCurrent={index === at}
          onPress={() => {
            onPress(index)
          }}
        >
          <span dir="auto" className="line-clamp-2 font-medium [overflow-wrap:anywhere]">
            {index === 0 && item.id === recent[0]?.id && words === '' && (
              <span className="font-normal text-ink-3">Again: </span>
            )}
            {item.title}
          </span>
          <span dir="auto" className="block truncate text-xs text-ink-3">
            {[item.author, item.publisher, item.issued].filter((part) => part !== '').join(' · ') || item.url}
            {item.hasSnapshot && ' · text kept'}
          </span>
        </Option>
      ))}
      {mayCreate && (
        <Option
          id={`${id}-${String(items.length)}`}
          isCurrent={at === items.length}
          onPress={() => {
            onPress(items.length)
          }}
        >
          <span dir="auto" className="line-clamp-2 font-medium text-accent [overflow-wrap:anywhere]">
            {createLabel}
          </span>
        </Option>
      )}
    </ul>
  )
}

function valuesOf(identifier: Identifier | null, words: string): Partial<ReferenceValues> {
  if (identifier === null) return { type: 'document', title: words }
  const title = titleOf(identifier)
  return identifier.kind === 'doi'
    ? { type: 'article-journal', title, doi: identifier.doi }
    : { type: 'webpage', title, url: identifier.url }
}

function createLabel(identifier: Identifier | null, words: string): string {
  if (identifier === null) return words === '' ? 'New reference' : `New reference “${words}”`
  return identifier.kind === 'doi' ? `Cite DOI ${identifier.doi}` : `Cite ${identifier.url}`
}

/** The result of the search in words, also for screen readers. */
function Outcome({ found, count, words }: { found: Found; count: number; words: string }) {
  if (found.kind === 'failed') {
    return (
      <p role="alert" className="text-sm text-danger">
        The library could not be searched, so no new reference can be made. {count > 0 ? 'References' : 'No reference'}{' '}
        cited in this document{count > 0 ? ' can still be picked.' : ' fits these words.'} Enter searches again.
      </p>
    )
  }
  const isEmpty = found.kind === 'found' && count === 0 && words !== ''
  return (
    <p role="status" className={isEmpty ? 'text-sm text-ink-3' : 'sr-only'}>
      {found.kind === 'found' &&
        (isEmpty ? 'Not in the library yet.' : `${String(count)} ${count === 1 ? 'reference' : 'references'}`)}
    </p>
  )
}

function Option({
  id,
  isCurrent,
  onPress,
  children,
}: {
  id: string
  isCurrent: boolean
  onPress: () => void
  children: ReactNode
}) {
  return (
    // The keyboard reaches options through the field (aria-activedescendant).
    <li
      id={id}
      role="option"
      aria-selected={isCurrent}
      className={classNames(
        'min-w-0 cursor-pointer rounded-md px-2 py-1.5',
        isCurrent ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
      onPointerDown={(event) => {
        event.preventDefault()
      }}
      onClick={onPress}
    >
      {children}
    </li>
  )
}

/** Searches the library for the words or the identifier. `again` repeats the search. */
function useLibrary(words: string, identifier: Identifier | null): { found: Found; again: () => void } {
  const [answer, setAnswer] = useState<{ words: string; found: Found } | null>(null)
  const [attempt, setAttempt] = useState(0)
  const isIdentifier = identifier !== null
  useEffect(() => {
    let isStale = false
    const take = (result: CallResult<{ items: ReferenceSummary[] }>) => {
      if (isStale) return
      setAnswer({ words, found: result.ok ? { kind: 'found', items: result.value.items } : { kind: 'failed' } })
    }
    const timer = setTimeout(
      () => {
        const by = words === '' ? {} : isIdentifier ? { identifier: words } : { q: words.slice(0, 200) }
        const parameters = new URLSearchParams({ limit: String(mostShown), ...by })
        void callApi<{ items: ReferenceSummary[] }>({
          method: 'GET',
          path: `/api/v1/references?${parameters.toString()}`,
        }).then(take)
      },
      // A pasted identifier is complete at once, so it needs no pause.
      words === '' || isIdentifier ? 0 : searchPause,
    )
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [words, isIdentifier, attempt])
  return {
    found: answer?.words === words ? answer.found : searching,
    again: () => {
      setAnswer(null)
      setAttempt((before) => before + 1)
    },
  }
}

/** The references to choose from: those cited before while nothing is typed, and the matching ones of these when the library cannot be searched. */
function shownItems(found: Found, recent: readonly ReferenceSummary[], words: string): ReferenceSummary[] {
  const listed = found.kind === 'found' ? found.items : []
  if (words === '') {
    const known = new Set(recent.map(({ id }) => id))
    return [...recent, ...listed.filter(({ id }) => !known.has(id))].slice(0, mostShown)
  }
  if (found.kind !== 'failed') return listed
  const folding = { case: true, marks: true }
  const wanted = foldWords(words, folding)
  return recent.filter(({ title, author, publisher, url, doi }) =>
    foldWords([title, author, publisher, url, doi].join(' '), folding).includes(wanted),
  )
}
