/** Whether a key pressed there is meant for the element itself and is no shortcut: in a field that is typed into, and in what carries `data-own-keys`. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select') ||
      target.closest('[data-own-keys]') !== null)
  )
}
