import { Fragment } from 'react'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { piecesOf, scriptIn, type ScriptRun } from '@/lib/domain/text/quotation'
import { QuotedWords } from '@/components/text/quoted-words'

interface MarkedWordsProps {
  words: string
  script?: readonly ScriptRun[] | undefined
  /** What differs from the words beside it; ascending and disjoint. */
  marks: readonly TextRange[]
}

/** Words with what differs in them marked, and what is raised or lowered shown so. */
export function MarkedWords({ words, script = [], marks }: MarkedWordsProps) {
  if (marks.length === 0) return <QuotedWords words={words} script={script} />
  // A text is cut at ranges here as it is at what is raised in it.
  const starts = marks.map(({ start }) => start)
  return piecesOf(
    words,
    marks.map(({ start, end }) => ({ start, end, is: 'raised' as const })),
  ).map((piece, place, pieces) => {
    const start = pieces.slice(0, place).reduce((sum, { text }) => sum + text.length, 0)
    const shown = (
      <QuotedWords words={piece.text} script={scriptIn(script, { start, end: start + piece.text.length })} />
    )
    if (!starts.includes(start) || piece.is === 'plain') return <Fragment key={start}>{shown}</Fragment>
    return <mark key={start}>{shown}</mark>
  })
}
