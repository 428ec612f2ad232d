'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useEffect, useState } from 'react'
import { CommandPalette, type PaletteGroup, type PaletteItem } from '@/components/ui/overlays/command-palette'
import { recentThings, type RecentThing } from '@/lib/client/recent'
import type { FoundKind, FoundThing } from '@/lib/domain/search/schema'
import { foldWords } from '@/lib/domain/text/fold'
import { readQuietly } from '@/lib/client/api/call'
import { applyAppearance, currentAppearance } from '../frame/appearance'
import { noteAskedPage } from './page-visits'
import { KeyHint } from '../keys/key-hint'
import { openShortcutSheet } from '../keys/overlay'

/** The most results of each kind in a search. */
const mostOfEach = 5

/** How long after the last key the server is asked, in ms. */
const pause = 140

/** The kinds, in display order. */
const groupTitles: readonly [FoundKind, string][] = [
  ['document', 'Documents'],
  ['review-session', 'Review sessions'],
  ['source', 'Sources'],
  ['report', 'Reports'],
  ['member', 'People'],
  ['reference', 'References'],
  ['annotation', 'Marks and notes'],
  ['claim', 'Claims'],
]

const kindNames: Record<FoundKind, string> = {
  document: 'Document',
  'review-session': 'Review session',
  source: 'Source',
  report: 'Report',
  member: 'Person',
  reference: 'Reference',
  annotation: 'Mark',
  claim: 'Claim',
}

function folded(words: string): string {
  return foldWords(words, { case: true, marks: true })
}

/** Finds things of every kind, lists the pages opened last, and runs the shell's commands. Default export because it is loaded on first use. */
export default function WorkbenchPalette({
  memberId,
  open,
  onClose,
  onSignOut,
}: {
  memberId: string
  open: boolean
  onClose: () => void
  onSignOut: () => Promise<void>
}) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const wanted = query.trim()
  const found = useSearch(wanted)
  const [recent, setRecent] = useState<readonly RecentThing[]>([])
  const [wasOpen, setWasOpen] = useState(false)
  if (open !== wasOpen) {
    setWasOpen(open)
    if (open) setRecent(recentThings(memberId))
  }

  const leave = (act: () => void) => () => {
    setQuery('')
    onClose()
    act()
  }
  const go = (path: string) =>
    leave(() => {
      noteAskedPage()
      router.push(path)
    })

  const things = wanted === '' ? [] : found.things
  const groups: PaletteGroup[] = [
    {
      title: 'Opened last',
      items:
        wanted === ''
          ? recent.map(({ kind, label, path }) => ({ id: path, label, detail: kindNames[kind], run: go(path) }))
          : [],
    },
    ...groupTitles.map(([kind, title]) => ({
      title,
      items: things
        .filter((thing) => thing.kind === kind)
        .map((thing) => ({
          id: `${kind} ${thing.id}`,
          label: thing.label,
          detail: thing.detail,
          run: go(foundPath(thing)),
        })),
    })),
    { title: 'Actions', items: actionsOf({ leave, go, onSignOut }).filter(fits(wanted)) },
  ].filter((group) => group.items.length > 0)
  const isCurrent = found.query === wanted

  return (
    <CommandPalette
      open={open}
      onClose={leave(() => undefined)}
      label="Find or do anything"
      placeholder="Find a document, a session, a person, a claim … or something to do"
      query={query}
      onQueryChange={setQuery}
      groups={groups}
      busy={wanted !== '' && !isCurrent}
      empty={
        found.failed && isCurrent
          ? 'The search could not be reached. Check the connection and type again.'
          : `Nothing is called “${wanted}”.`
      }
    />
  )
}

/** Whether a label contains all typed words. */
function fits(wanted: string): (item: PaletteItem) => boolean {
  const words = folded(wanted).split(/\s+/)
  return ({ label }) => words.every((word) => folded(label).includes(word))
}

/** The shell's commands: navigation, appearance, the shortcut sheet, signing out. */
function actionsOf({
  leave,
  go,
  onSignOut,
}: {
  /** Returns a function that closes the palette and then acts. */
  leave: (act: () => void) => () => void
  go: (path: string) => () => void
  onSignOut: () => Promise<void>
}): PaletteItem[] {
  return [
    { id: 'go-inbox', label: 'Go to the inbox', hint: <KeyHint keys="g i" />, run: go('/inbox') },
    { id: 'go-documents', label: 'Go to documents', hint: <KeyHint keys="g d" />, run: go('/documents') },
    {
      id: 'go-review-sessions',
      label: 'Go to review sessions',
      hint: <KeyHint keys="g v" />,
      run: go('/review-sessions'),
    },
    { id: 'go-sources', label: 'Go to sources', hint: <KeyHint keys="g s" />, run: go('/sources') },
    { id: 'go-references', label: 'Go to references', hint: <KeyHint keys="g r" />, run: go('/references') },
    { id: 'go-settings', label: 'Go to settings', run: go('/settings') },
    { id: 'import', label: 'Import documents', run: go('/documents/import') },
    { id: 'new-reference', label: 'Add a reference', run: go('/references/new') },
    ...(['system', 'light', 'dark'] as const).map((theme) => ({
      id: `theme-${theme}`,
      label: { system: 'Appearance as the system', light: 'Light appearance', dark: 'Dark appearance' }[theme],
      run: leave(() => {
        applyAppearance({ ...currentAppearance(), theme })
      }),
    })),
    {
      id: 'contrast',
      label: 'High contrast on or off',
      run: leave(() => {
        const now = currentAppearance()
        applyAppearance({ ...now, highContrast: !now.highContrast })
      }),
    },
    { id: 'shortcuts', label: 'Keyboard shortcuts', hint: <KeyHint keys="?" />, run: leave(openShortcutSheet) },
    {
      id: 'sign-out',
      label: 'Sign out',
      run: leave(() => {
        startTransition(onSignOut)
      }),
    },
  ]
}

/** The latest search results with the words they are for; a changed query is sent after a short pause. */
function useSearch(wanted: string) {
  const [found, setFound] = useState<{ query: string; things: readonly FoundThing[]; failed: boolean }>({
    query: '',
    things: [],
    failed: false,
  })
  useEffect(() => {
    if (wanted === '') return
    // Answers may arrive in another order than the questions.
    let isLatest = true
    const timer = setTimeout(() => {
      searchWorkspace(wanted).then(
        (things) => {
          if (isLatest) setFound({ query: wanted, things, failed: false })
        },
        () => {
          if (isLatest) setFound({ query: wanted, things: [], failed: true })
        },
      )
    }, pause)
    return () => {
      clearTimeout(timer)
      isLatest = false
    }
  }, [wanted])
  return found
}

/** Searches things of all kinds for the words, with a few results per kind. Rejects when no answer comes or the search is refused. */
async function searchWorkspace(words: string): Promise<FoundThing[]> {
  const parameters = new URLSearchParams({ q: words.slice(0, 200), limit: String(mostOfEach) })
  const found = await readQuietly<{ items: FoundThing[] }>(`/api/v1/search?${parameters.toString()}`)
  if (found === null) throw new Error('The search was refused or not answered.')
  return found.items
}

/** The path of a result's page, with its fragment. */
function foundPath({ kind, id, documentId = '', sessionId = '' }: FoundThing): string {
  switch (kind) {
    case 'document':
      return `/documents/${id}`
    case 'source':
      return `/sources/${id}`
    case 'report':
      return `/sources/${id}/report`
    case 'review-session':
      return `/review-sessions/${id}`
    case 'member':
      return '/settings/members'
    case 'reference':
      return `/references/${id}`
    case 'annotation':
      return `/documents/${documentId}#annotation-${id}`
    case 'claim':
      return `/review-sessions/${sessionId}/adjudication?claim=${id}`
  }
}
