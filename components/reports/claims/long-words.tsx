import { Fragment } from 'react'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { type ScriptRun, piecesOf, scriptIn } from '@/lib/domain/text/quotation'
import { numberInWords } from '@/components/ui/text/wording'
import { QuotedWords } from '@/components/text/quoted-words'

interface MarkedWordsProps {
  words: string
  script?: readonly ScriptRun[] | undefined
  /** The ranges that differ from the words beside them; ascending and disjoint. */
  marks: readonly TextRange[]
}

/** Words with differing ranges marked, and with superscript and subscript shown. */
function MarkedWords({ words, script = [], marks }: MarkedWordsProps) {
  if (marks.length === 0) return <QuotedWords words={words} script={script} />
  // `piecesOf` cuts a text at these ranges as it does at superscript.
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

/** Longer passages begin with this many characters and unfold; on paper they are whole. */
const mostShown = 420

/** The part of a passage that is shown first, cut between words where possible. */
function beginning(words: string): string {
  const cut = words.slice(0, mostShown)
  const gap = cut.lastIndexOf(' ')
  // Never cuts a surrogate pair.
  return gap > mostShown / 2 ? cut.slice(0, gap) : cut.replace(/[\uD800-\uDBFF]$/, '')
}

/** Words in quotation marks; a passage that would fill a screen is folded to its beginning. */
export function LongWords(props: {
  words: string
  script?: readonly ScriptRun[] | undefined
  marks: readonly TextRange[]
}) {
  const { words, marks, script = [] } = props
  // A single string for plain words: React writes comments between adjacent pieces of text, and a report has thousands of passages.
  const whole =
    marks.length === 0 && script.length === 0 ? (
      `“${words}”`
    ) : (
      <>
        “<MarkedWords {...props} />”
      </>
    )
  if (words.length <= mostShown * 2) return whole
  const link = 'font-sans text-sm font-medium whitespace-nowrap text-accent underline'
  return (
    <details className="report-fold printed group">
      <summary className="list-none [&::-webkit-details-marker]:hidden">
        <span className="group-open:hidden print:hidden">
          “{beginning(words)}… <span className={link}>All {numberInWords(words.length)} characters</span>
        </span>
        <span className={`hidden group-open:inline print:hidden! ${link}`}>Fold this passage</span>
      </summary>
      {whole}
    </details>
  )
}
