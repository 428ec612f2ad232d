/** The path of the window that a bookmarklet hands its page to. The proxy lets this page alone keep its tie to the window that opened it. */
export const receivingPath = '/receive-page'

/** The message of the receiving window when it can take a page. It reveals nothing, so any window may receive it. */
export const readyMessage = 'sourcemark:ready'

/** The type of a message that carries a page. */
export const pageMessage = 'sourcemark:page'

/**
 * The address of a bookmark that sends the current page, as the browser has it, to a workbench: it opens the receiving window, and hands the page
 * over once that says it is ready. `origin` is that of the workbench; the page goes nowhere else.
 */
export function bookmarkletFor(origin: string): string {
  const script = `(()=>{const o=${JSON.stringify(origin)},w=open(o+${JSON.stringify(receivingPath)});if(!w){alert("The browser blocked the Sourcemark window. Allow pop-up windows for this site, and try again.");return}addEventListener("message",function take(e){if(e.origin!==o||e.source!==w||e.data!==${JSON.stringify(readyMessage)})return;removeEventListener("message",take);w.postMessage({kind:${JSON.stringify(pageMessage)},address:location.href,base:document.baseURI,title:document.title,html:document.documentElement.outerHTML},o)})})()`
  return `javascript:${encodeURIComponent(script)}`
}
