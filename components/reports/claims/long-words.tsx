import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { ScriptRun } from '@/lib/domain/text/quotation'
import { numberInWords } from '@/components/ui/text/wording'
import { MarkedWords } from './marked-words'

/** Longer passages begin with so many characters, and unfold; on paper they are whole. */
const mostShown = 420

/** As much of a passage as is shown at first, cut between words where there is a gap. */
function beginning(words: string): string {
  const cut = words.slice(0, mostShown)
  const gap = cut.lastIndexOf(' ')
  // A pair of surrogates is never cut in two.
  return gap > mostShown / 2 ? cut.slice(0, gap) : cut.replace(/[\uD800-\uDBFF]$/, '')
}

/** Words in quotation marks; a passage that would fill a screen is folded to its beginning. */
export function LongWords(props: {
  words: string
  script?: readonly ScriptRun[] | undefined
  marks: readonly TextRange[]
}) {
  const { words, marks, script = [] } = props
  // What is plain is one piece of text: between pieces stand comments, and a report has thousands of passages.
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
