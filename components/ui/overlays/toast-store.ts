/** A short message at the edge of the screen. `action` offers one way back, usually "Undo". */
export interface Toast {
  id: number
  message: string
  tone: 'plain' | 'problem'
  action: { label: string; run: () => void } | null
  /** Milliseconds until it goes by itself; a pointer or the focus on it holds it. */
  duration: number
}

export interface ToastOptions {
  tone?: Toast['tone'] | undefined
  action?: { label: string; run: () => void } | undefined
  duration?: number | undefined
}

const mostAtOnce = 4
const none: readonly Toast[] = []
let toasts: readonly Toast[] = none
let lastId = 0
const listeners = new Set<() => void>()

function publish(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** Whether a message says nothing that another does not: the same words in the same tone, and no way back of its own. */
function isRepeated(one: Toast, other: Toast): boolean {
  return one.message === other.message && one.tone === other.tone && one.action === null && other.action === null
}

/**
 * Shows a message and returns its id. Messages with an action stay longer; the oldest give way when there are many. A message that is shown already is shown
 * anew in place of the first, unless each offers a way back.
 */
export function showToast(message: string, { tone = 'plain', action, duration }: ToastOptions = {}): number {
  lastId += 1
  const toast: Toast = {
    id: lastId,
    message,
    tone,
    action: action ?? null,
    duration: duration ?? (action !== undefined || tone === 'problem' ? 10_000 : 5_000),
  }
  publish([...toasts.filter((other) => !isRepeated(other, toast)).slice(1 - mostAtOnce), toast])
  return toast.id
}

/** Takes a message away; an unknown id does nothing. */
export function dismissToast(id: number): void {
  if (toasts.some((toast) => toast.id === id)) publish(toasts.filter((toast) => toast.id !== id))
}

/** The messages on the screen, oldest first. The same array until something changes. */
export function currentToasts(): readonly Toast[] {
  return toasts
}

/** What the server renders: no messages. */
export function noToasts(): readonly Toast[] {
  return none
}

/** Calls back at each change; returns the way to stop. */
export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
