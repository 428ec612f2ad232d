'use client'

import { useSyncExternalStore } from 'react'

/** The overlay of the page: the command palette, the shortcut sheet, or null. */
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

/** Closes the open overlay. */
export function closeOverlay(): void {
  show(null)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The overlay that is open now. */
export function useOverlay(): Overlay {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  )
}
