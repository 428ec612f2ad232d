'use client'

import { useRouter } from 'next/navigation'
import { Suspense, useEffect, useState } from 'react'
import { lazyPart } from '@/lib/client/lazy-part'
import {
  currentShortcuts,
  matchShortcut,
  nameOfPress,
  registerShortcuts,
  singleKeysEnabled,
  isDialogOpen,
  isMenuOpen,
  isTyping,
} from './shortcuts'
import { noteAskedPage } from '../palette/page-visits'
import { closeOverlay, openPalette, openShortcutSheet, useOverlay } from './overlay'

const WorkbenchPalette = lazyPart(() => import('../palette/workbench-palette').then((part) => part.default))
const ShortcutSheet = lazyPart(() => import('./shortcut-sheet').then((part) => part.default))

/** The longest pause between the two keys of a sequence such as `g d`, in ms. */
const sequencePause = 1200

/** Listens for shortcuts and shows the overlays that they open. The palette and the sheet load on first use. */
export function GlobalKeys({ memberId, onSignOut }: { memberId: string; onSignOut: () => Promise<void> }) {
  const router = useRouter()
  const overlay = useOverlay()
  const [everOpened, setEverOpened] = useState({ palette: false, sheet: false })
  if (overlay !== null && !everOpened[overlay]) setEverOpened({ ...everOpened, [overlay]: true })

  useEffect(
    () =>
      registerShortcuts({
        title: 'Everywhere',
        shortcuts: [
          { keys: 'Mod+k', label: 'Find or do anything', run: openPalette },
          ...[
            { keys: 'g i', label: 'Go to the inbox', path: '/inbox' },
            { keys: 'g d', label: 'Go to documents', path: '/documents' },
            { keys: 'g v', label: 'Go to review sessions', path: '/review-sessions' },
            { keys: 'g s', label: 'Go to sources', path: '/sources' },
            { keys: 'g r', label: 'Go to references', path: '/references' },
          ].map(({ keys, label, path }) => ({
            keys,
            label,
            run: () => {
              noteAskedPage()
              router.push(path)
            },
          })),
          { keys: '?', label: 'Show the shortcuts of this page', run: openShortcutSheet },
        ],
      }),
    [router],
  )

  useEffect(() => {
    let run: string[] = []
    let lastAt = 0
    const listen = (event: KeyboardEvent) => {
      const name = nameOfPress(event)
      if (name === null || event.defaultPrevented || event.isComposing || event.repeat) return
      const isCommand = name.startsWith('Mod+')
      if (!isCommand && (isTyping(event.target) || isMenuOpen() || !singleKeysEnabled())) return
      if (isDialogOpen()) return
      run = event.timeStamp - lastAt > sequencePause || isCommand ? [name] : [...run, name]
      lastAt = event.timeStamp
      const found = matchShortcut(currentShortcuts(), run) ?? matchShortcut(currentShortcuts(), [name])
      if (found === 'waiting') {
        if (matchShortcut(currentShortcuts(), run) === null) run = [name]
        return
      }
      run = []
      if (found?.run === undefined) return
      event.preventDefault()
      found.run()
    }
    document.addEventListener('keydown', listen)
    return () => {
      document.removeEventListener('keydown', listen)
    }
  }, [])

  return (
    <Suspense>
      {everOpened.palette && (
        <WorkbenchPalette
          memberId={memberId}
          onSignOut={onSignOut}
          open={overlay === 'palette'}
          onClose={closeOverlay}
        />
      )}
      {everOpened.sheet && <ShortcutSheet open={overlay === 'sheet'} onClose={closeOverlay} />}
    </Suspense>
  )
}
