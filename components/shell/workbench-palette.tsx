'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useEffect, useState } from 'react'
import { CommandPalette, type PaletteGroup, type PaletteItem } from '@/components/ui/command-palette'
import { searchWorkspace, type FoundThing } from '@/lib/client/api/search'
import { applyAppearance, currentAppearance } from './appearance'
import { KeyHint } from './key-hint'
import { openShortcutSheet } from './overlay'

/** How long to wait after a key before asking the server, in milliseconds. */
const pause = 140

const groupTitles: Record<FoundThing['kind'], string> = {
  document: 'Documents',
  source: 'Sources',
  reference: 'References',
}

/** Finds documents, sources and references, and does what the shell can do. Default export because it is loaded on first use. */
export default function WorkbenchPalette({
  open,
  onClose,
  onSignOut,
}: {
  open: boolean
  onClose: () => void
  onSignOut: () => Promise<void>
}) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<{ query: string; things: readonly FoundThing[]; failed: boolean }>({
    query: '',
    things: [],
    failed: false,
  })
  const wanted = query.trim()

  useEffect(() => {
    if (wanted === '') return
    // Answers may come in another order than they were asked for.
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

  const leave = (act: () => void) => () => {
    setQuery('')
    onClose()
    act()
  }
  const go = (path: string) =>
    leave(() => {
      router.push(path)
    })

  const actions: PaletteItem[] = [
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
  const words = wanted.toLowerCase().split(/\s+/)
  // What is found by its name comes before what only holds the words in its text.
  const isNamed = (label: string) => words.every((word) => label.toLowerCase().includes(word))
  const matching = actions.filter((action) => isNamed(action.label))
  const things = wanted === '' ? [] : found.things
  const groups: PaletteGroup[] = [
    ...(['document', 'source', 'reference'] as const).map((kind) => ({
      title: groupTitles[kind],
      items: things
        .filter((thing) => thing.kind === kind)
        .sort((a, b) => Number(isNamed(b.label)) - Number(isNamed(a.label)))
        .map((thing) => ({ id: thing.id, label: thing.label, detail: thing.detail, run: go(thing.path) })),
    })),
    { title: 'Actions', items: matching },
  ].filter((group) => group.items.length > 0)
  const isCurrent = found.query === wanted

  return (
    <CommandPalette
      open={open}
      onClose={leave(() => undefined)}
      label="Find or do anything"
      placeholder="Find a document, a source, a reference, or something to do"
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
