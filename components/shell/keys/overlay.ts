'use client'

import { useSyncExternalStore } from 'react'

/** What lies over the page: the command palette, the shortcut sheet, or nothing. */
export type Overlay = 'palette' | 'sheet' | null

let current: Overlay = null
const listeners = new Set<() => void>()

function show(next: Overlay): void {
  current = next
  for (const listener of listeners) listener()
}

/** Opens the command palette. */
export function openPalette(): void {
  show('palette')
}

/** Opens the sheet of the present page's shortcuts. */
export function openShortcutSheet(): void {
  show('sheet')
}

/** Closes whichever is open. */
export function closeOverlay(): void {
  show(null)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** What lies over the page now. */
export function useOverlay(): Overlay {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  )
}
