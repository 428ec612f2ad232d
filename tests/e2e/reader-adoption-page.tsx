/** The server-rendered reader, hydrated in the browser while every write to its text is recorded. */
import type { Editor } from '@tiptap/core'
import { hydrateRoot } from 'react-dom/client'
import { TextReader } from '@/components/reader/text-reader'
import type { FoldedRange } from '@/components/reader/types'
import type { DocumentContent } from '@/lib/domain/text/model'

export interface AdoptionInput {
  content: DocumentContent
  folded: FoldedRange[]
}

export interface AdoptionResult {
  /** The writes to the text, including its own element, until the reader was ready and at rest; one line per write. */
  writes: string[]
  /** The layout shift during hydration, as the browser scores it. */
  shift: number
  sameNodes: boolean
  replaced: boolean
  document: unknown
  longestTask: number
}

declare global {
  interface Window {
    adoption: AdoptionInput
    adopt(): Promise<AdoptionResult>
  }
}

const nothing = () => undefined
const none: never[] = []

/** The reader's element, the same on the server and in the browser. */
export function AdoptedReader({ content, folded, onReplaced }: AdoptionInput & { onReplaced?: () => void }) {
  return (
    <TextReader
      content={content}
      language="en"
      sentences={none}
      annotations={none}
      folded={folded}
      activeAnnotationId={null}
      currentSentence={null}
      onSelect={nothing}
      onActivate={nothing}
      onSentenceChange={nothing}
      onReplaced={onReplaced}
    />
  )
}

function describeWrite({ type, target, attributeName }: MutationRecord): string {
  const place = target instanceof Element ? target.outerHTML.slice(0, 120) : (target.nodeValue ?? '').slice(0, 40)
  return `${type} ${attributeName ?? ''} ${place}`
}

function nodesOf(root: Element): Node[] {
  const nodes: Node[] = []
  const walker = document.createTreeWalker(root)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node)
  return nodes
}

async function untilIdle(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve))
  await new Promise((resolve) => requestAnimationFrame(resolve))
}

if (typeof window !== 'undefined')
  window.adopt = async () => {
    const holder = document.getElementById('root')
    const text = holder?.querySelector('.reader-text')
    if (!holder || !text) throw new Error('The server wrote no reader.')
    const before = nodesOf(text)
    let shift = 0
    let longestTask = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value
    }).observe({ type: 'layout-shift' })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration)
    }).observe({ type: 'longtask' })
    let replaced = false
    const writes: string[] = []
    const watcher = new MutationObserver((records) => {
      writes.push(...records.map(describeWrite))
    })
    watcher.observe(text, { attributes: true, characterData: true, childList: true, subtree: true })
    hydrateRoot(
      holder,
      <AdoptedReader
        {...window.adoption}
        onReplaced={() => {
          replaced = true
        }}
      />,
    )
    while (document.querySelector('.reader[data-ready]') === null) await untilIdle()
    await untilIdle()
    writes.push(...watcher.takeRecords().map(describeWrite))
    watcher.disconnect()
    const after = nodesOf(text)
    const { editor } = text as Element & { editor?: Editor }
    return {
      writes,
      shift,
      longestTask,
      sameNodes: before.length === after.length && before.every((node, at) => node === after[at]),
      replaced,
      document: editor?.getJSON() ?? null,
    }
  }
