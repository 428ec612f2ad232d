'use client'

import { useMemo, useState } from 'react'
import type { BlockChange, DiffPart } from '@/lib/domain/anchoring/diff-revisions'
import { Segmented } from '@/components/ui/controls/choices'
import { countInWords } from '@/components/ui/text/wording'

const layouts = [
  { value: 'inline', label: 'In one text' },
  { value: 'beside', label: 'Side by side' },
] as const

type Layout = (typeof layouts)[number]['value']

/** How many unchanged paragraphs are shown on each side of a change. */
const around = 1

/** Changed paragraphs, or a run of unchanged ones; of the latter, those beside a change are shown. */
interface Stretch {
  isSame: boolean
  blocks: BlockChange[]
}

function stretchesOf(blocks: readonly BlockChange[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const block of blocks) {
    const isSame = block.kind === 'same'
    const last = stretches.at(-1)
    if (last?.isSame === isSame) last.blocks.push(block)
    else stretches.push({ isSame, blocks: [block] })
  }
  return stretches
}

/** The changes of a text: removed words struck out, added ones underlined, unchanged paragraphs folded. */
export function TextChanges({ blocks, language }: { blocks: readonly BlockChange[]; language: string }) {
  const [layout, setLayout] = useState<Layout>('inline')
  const stretches = useMemo(() => stretchesOf(blocks), [blocks])
  const changed = blocks.filter(({ kind }) => kind !== 'same').length
  return (
    <section aria-label="How the text has changed" className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-ink-2">
          {changed === 0
            ? 'The words are the same.'
            : `${countInWords(changed, 'paragraph')} of ${String(blocks.length)} changed.`}
        </p>
        <span className="max-md:hidden">
          <Segmented legend="Layout" name="diff-layout" options={layouts} value={layout} onChange={setLayout} />
        </span>
      </div>
      <div
        lang={language}
        className="grid min-w-0 gap-3 rounded-lg border border-line bg-surface px-4 py-4 font-serif text-md leading-relaxed shadow-card sm:px-6"
      >
        {stretches.map((stretch, place) =>
          stretch.isSame ? (
            <Unchanged
              key={place}
              blocks={stretch.blocks}
              isFirst={place === 0}
              isLast={place === stretches.length - 1}
              layout={layout}
            />
          ) : (
            stretch.blocks.map((block, at) => (
              <ChangedBlock key={`${String(place)} ${String(at)}`} block={block} layout={layout} />
            ))
          ),
        )}
      </div>
    </section>
  )
}

/** Unchanged paragraphs: those beside a change, and a button that shows the rest. */
function Unchanged({
  blocks,
  isFirst,
  isLast,
  layout,
}: {
  blocks: readonly BlockChange[]
  isFirst: boolean
  isLast: boolean
  layout: Layout
}) {
  const [isOpen, setOpen] = useState(false)
  const before = isFirst ? 0 : around
  const after = isLast ? 0 : around
  const hidden = blocks.length - before - after
  if (isOpen || hidden <= 1) return blocks.map((block, at) => <ChangedBlock key={at} block={block} layout={layout} />)
  return (
    <>
      {blocks.slice(0, before).map((block, at) => (
        <ChangedBlock key={at} block={block} layout={layout} />
      ))}
      <button
        type="button"
        className="justify-self-start rounded-md px-2 py-1 font-sans text-sm text-ink-3 hover:bg-hover hover:text-ink"
        onClick={() => {
          setOpen(true)
        }}
      >
        Show {countInWords(hidden, 'unchanged paragraph')}
      </button>
      {blocks.slice(blocks.length - after).map((block, at) => (
        <ChangedBlock key={at} block={block} layout={layout} />
      ))}
    </>
  )
}

const notes: Record<BlockChange['kind'], string> = {
  same: '',
  changed: '',
  moved: 'Moved here',
  removed: 'Removed',
  added: 'New',
}

function ChangedBlock({ block, layout }: { block: BlockChange; layout: Layout }) {
  const note = notes[block.kind]
  const label = note !== '' && <p className="font-sans text-xs font-semibold text-ink-3">{note}</p>
  if (layout === 'beside')
    return (
      <div className="grid min-w-0 gap-x-8 gap-y-1 border-b border-line pb-3 last:border-0 md:grid-cols-2">
        <div className="min-w-0">
          <Words parts={block.parts} without="added" isQuiet={block.kind === 'same'} />
        </div>
        <div className="min-w-0">
          {label}
          <Words parts={block.parts} without="removed" isQuiet={block.kind === 'same'} />
        </div>
      </div>
    )
  return (
    <div className="min-w-0">
      {label}
      <Words parts={block.parts} without={null} isQuiet={block.kind === 'same'} />
    </div>
  )
}

/** The words of a paragraph, with removed and added ones marked. */
export function Words({
  parts,
  without,
  isQuiet = false,
}: {
  parts: readonly DiffPart[]
  /** The kind of change to leave out, for a text that shows one side alone. */
  without: 'added' | 'removed' | null
  isQuiet?: boolean
}) {
  return (
    <p dir="auto" className={isQuiet ? 'text-ink-3 [overflow-wrap:anywhere]' : '[overflow-wrap:anywhere]'}>
      {parts.map(({ kind, text }, at) => {
        if (kind === without) return null
        if (kind === 'removed')
          return (
            <del key={at} className="rounded-xs bg-contradicted-soft text-contradicted decoration-1">
              {text}
            </del>
          )
        if (kind === 'added')
          return (
            <ins
              key={at}
              className="rounded-xs bg-sourced-soft text-sourced decoration-1 underline-offset-2 [del+&]:ms-0.5"
            >
              {text}
            </ins>
          )
        return <span key={at}>{text}</span>
      })}
    </p>
  )
}
