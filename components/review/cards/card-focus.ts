import type { KeyboardEvent } from 'react'

/** Focuses the card of an annotation once it is in the page, unless the person has moved the focus in the meantime. */
export function focusCard(id: string): void {
  const from = document.activeElement
  // The change that opened the card may render it only later.
  requestAnimationFrame(() => {
    const { activeElement, body } = document
    if (activeElement !== from && activeElement !== body) return
    document.querySelector<HTMLElement>(`[data-card-button="${id}"]`)?.focus({ preventScroll: true })
  })
}

/** Moves the focus between cards with the arrow keys, while it is on a card's own button. */
export function moveBetweenCards(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || !(event.target instanceof HTMLElement) || event.target.dataset['cardButton'] === undefined)
    return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-card-button]')]
  const next = buttons[buttons.indexOf(event.target) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
