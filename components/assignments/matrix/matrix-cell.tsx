import { Bar } from '@/components/ui/layout/progress'
import { Icon } from '@/components/ui/icon'
import { classNames } from '@/components/ui/class-names'
import type { MatrixCell } from '@/lib/domain/assignments/matrix'
import { countInWords, numberInWords } from '@/components/ui/text/wording'

/** How a cell of the matrix looks, and its text. `share` fills its bar; null for no bar. */
interface CellWords {
  text: string
  tone: 'plain' | 'late' | 'quiet' | 'done'
  share: number | null
}

const day = 24 * 60 * 60 * 1000

/** How near its due date a cell starts to show the time left, in ms. */
const near = 3 * day

/** How late, in words: "1 day late", or "late" on the first day. */
function lateness(dueAt: string, at: string): string {
  const days = Math.floor((Date.parse(at) - Date.parse(dueAt)) / day)
  return days < 1 ? 'late' : `${countInWords(days, 'day')} late`
}

function timeLeft(dueAt: string | null, at: string): string {
  if (dueAt === null) return ''
  const left = Date.parse(dueAt) - Date.parse(at)
  if (left < 0 || left > near) return ''
  return left < day ? 'due today' : `${countInWords(Math.floor(left / day), 'day')} left`
}

/**
 * The state of a reviewer's assignment in a few words: "13 of 42 sentences", "not started, 1 day late". `at` is the moment the matrix was read.
 * Progress is left out when the current member must not know it.
 */
export function cellInWords(
  { state, decided, dueAt, overdue }: Pick<MatrixCell, 'state' | 'decided' | 'dueAt' | 'overdue'>,
  { total, at, planned = false }: { total: number; at: string; planned?: boolean },
): CellWords {
  const late = overdue && dueAt !== null ? lateness(dueAt, at) : ''
  const when = late === '' ? timeLeft(dueAt, at) : late
  const joined = (words: string) => [words, when].filter((part) => part !== '').join(', ')
  const counted = decided === null ? null : `${numberInWords(decided)} of ${countInWords(total, 'sentence')}`
  const share = decided === null ? null : total === 0 ? 1 : decided / total
  const tone = late === '' ? 'plain' : 'late'
  if (planned && state === 'assigned') return { text: 'assigned', tone: 'plain', share: null }
  switch (state) {
    case 'assigned':
      return { text: joined('not started'), tone, share: 0 }
    case 'started':
      return { text: joined(counted ?? 'started'), tone, share }
    case 'returned':
      return { text: joined(counted === null ? 'returned' : `returned, ${counted}`), tone, share }
    case 'submitted':
      return { text: 'submitted', tone: 'done', share: null }
    case 'accepted':
      return { text: 'accepted', tone: 'done', share: null }
    case 'withdrawn':
      return { text: 'taken back, kept', tone: 'quiet', share: null }
  }
}

/**
 * The content of a cell: a bar with words, or a tick with words when the work is done. Without an assignment it is a dash, or the note that a
 * conflict was declared.
 */
export function CellContent({
  cell,
  total,
  at,
  planned,
  conflicted,
}: {
  cell: MatrixCell | null
  total: number
  at: string
  planned: boolean
  conflicted: boolean
}) {
  if (cell === null) {
    return conflicted ? (
      <span className="text-sm text-ink-3">conflict declared</span>
    ) : (
      <span role="img" aria-label="not assigned" className="text-ink-3">
        –
      </span>
    )
  }
  const { text, tone, share } = cellInWords(cell, { total, at, planned })
  return (
    <span className="grid w-full min-w-0 gap-1">
      {share !== null && <Bar share={share} />}
      <span
        className={classNames(
          'tabular line-clamp-2 text-sm leading-[1.15]',
          tone === 'late' ? 'font-medium text-danger' : tone === 'quiet' ? 'text-ink-3 italic' : 'text-ink-2',
        )}
        title={text}
      >
        {tone === 'done' && <Icon name="check" className="me-1 inline size-3.5 align-[-0.15em] text-ink" />}
        {text}
      </span>
    </span>
  )
}
