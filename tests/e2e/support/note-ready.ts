/** Sets the performance mark `can-be-marked` once text in the reader can be marked. Runs in the page, before anything else. */
export function noteReady(): void {
  new MutationObserver((_, observer) => {
    if (document.querySelector('.reader[data-ready]') === null) return
    performance.mark('can-be-marked')
    observer.disconnect()
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-ready'] })
}
