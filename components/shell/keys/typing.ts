/** Whether a key pressed there is meant for the element itself and is no shortcut: in a field that is typed into, and in what carries `data-own-keys`. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select') ||
      target.closest('[data-own-keys]') !== null)
  )
}

/** Whether a modal dialog lies over the page, whose keys rest until it is closed. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog:modal') !== null
}

/**
 * Whether a menu is open, which letters walk and Escape closes. Where the focus is does not matter: a press on the menu's header takes it out of the menu, and
 * Escape closes it all the same.
 */
export function isMenuOpen(): boolean {
  return document.querySelector(':popover-open') !== null
}
