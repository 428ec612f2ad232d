/** A short message at the edge of the screen. `action` offers one follow-up, usually "Undo". */
export interface Toast {
  id: number
  message: string
  tone: 'plain' | 'problem'
  action: { label: string; run: () => void } | null
  /** Milliseconds until it disappears; paused while the pointer or the focus is on it. */
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

/** Whether two messages are the same: equal words and tone, and no action on either. */
function isRepeated(one: Toast, other: Toast): boolean {
  return one.message === other.message && one.tone === other.tone && one.action === null && other.action === null
}

/**
 * Shows a message and returns its id. Messages with an action stay longer, and the oldest are removed when there are too many. A repeated message
 * replaces the first, unless either has an action.
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

/** Removes a message; an unknown id does nothing. */
export function dismissToast(id: number): void {
  if (toasts.some((toast) => toast.id === id)) publish(toasts.filter((toast) => toast.id !== id))
}

/** The visible messages, oldest first. The same array until one changes. */
export function currentToasts(): readonly Toast[] {
  return toasts
}

/** The messages during server rendering: none. */
export function noToasts(): readonly Toast[] {
  return none
}

/** Subscribes to changes; returns a function that unsubscribes. */
export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
