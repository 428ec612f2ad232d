import type { ReactNode } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Link } from '@/components/ui/controls/link'
import { Spinner } from '@/components/ui/layout/spinner'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Tag } from '@/components/ui/text/tag'
import type { BatchDeed } from '@/lib/client/api/batches'
import type { JobItemView } from '@/lib/domain/jobs/schema'
import { itemStateNames, likenessInWords } from './batch-words'

export interface ItemTableProps {
  items: readonly JobItemView[]
  /** Whether the current member may act on the items. */
  mayUpdate: boolean
  busy: boolean
  onDeed: (deed: BatchDeed) => void
}

/** The items of a batch, each with its state, its result and its actions. */
export function ItemTable({ items, mayUpdate, busy, onDeed }: ItemTableProps) {
  return (
    <Table caption="Texts of this batch">
      <thead>
        <tr>
          <HeadCell>Text</HeadCell>
          <HeadCell className="max-md:hidden">State</HeadCell>
          <HeadCell className="max-md:hidden">Source</HeadCell>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id} className="hover:bg-hover/60">
            <Cell className="w-full align-top">
              <bdi className="block text-sm text-ink-3 [overflow-wrap:anywhere]">{item.name}</bdi>
              <Outcome item={item} />
              <div className="mt-1.5 flex flex-wrap items-center gap-2 md:hidden">
                <StateTag item={item} />
                {item.document !== null && <SourceLink source={item.document.source} />}
              </div>
              {mayUpdate && <ItemDeeds item={item} busy={busy} onDeed={onDeed} />}
            </Cell>
            <Cell className="align-top max-md:hidden">
              <StateTag item={item} />
            </Cell>
            <Cell className="min-w-40 align-top max-md:hidden">
              {item.document !== null && <SourceLink source={item.document.source} />}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function SourceLink({ source }: { source: { id: string; name: string } }) {
  return (
    <Link href={`/sources/${source.id}`} className="text-sm [overflow-wrap:anywhere] hover:underline">
      <bdi>{source.name}</bdi>
    </Link>
  )
}

function StateTag({ item: { state, asRevision } }: { item: JobItemView }) {
  const name = state === 'done' && asRevision ? 'New revision' : itemStateNames[state]
  if (state === 'working')
    return (
      <span className="inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-ink-3">
        <Spinner className="size-3.5" /> {name}
      </span>
    )
  if (state === 'waiting') return <span className="text-sm text-ink-3">{name}</span>
  return <Tag tone={state === 'done' ? 'accent' : state === 'failed' ? 'danger' : 'neutral'}>{name}</Tag>
}

/** The result of an item: its document, the document that it is like, or a sentence that says why it was not imported. */
function Outcome({ item: { document, found, message } }: { item: JobItemView }): ReactNode {
  return (
    <>
      {document !== null && (
        <Link
          href={`/documents/${document.id}`}
          className="font-serif text-md font-medium [overflow-wrap:anywhere] hover:underline"
        >
          <span dir="auto">{document.title}</span>
        </Link>
      )}
      {message !== '' && <p className="max-w-[44rem] text-ink-2">{message}</p>}
      {found !== null && message === '' && (
        <p className="max-w-[44rem] text-ink-2">
          {likenessInWords(found)}{' '}
          <Link href={`/documents/${found.id}`} className="font-medium text-accent underline">
            <bdi>{found.title}</bdi>
          </Link>
          .
        </p>
      )}
    </>
  )
}

function ItemDeeds({ item, busy, onDeed }: { item: JobItemView; busy: boolean; onDeed: ItemTableProps['onDeed'] }) {
  const { id, name, state, found, mayRetry } = item
  const items = [id]
  const deeds: [label: string, deed: BatchDeed][] = []
  if (mayRetry) deeds.push(['Try again', { kind: 'retry', items }])
  if (state === 'undecided' && found !== null)
    deeds.push(['Make it a revision', { kind: 'decide', decision: 'revise', items }])
  if (state === 'undecided') deeds.push(['Import it by itself', { kind: 'decide', decision: 'import', items }])
  if (state === 'undecided') deeds.push(['Skip', { kind: 'decide', decision: 'skip', items }])
  if (state === 'skipped' && found !== null)
    deeds.push(['Import anyway', { kind: 'decide', decision: 'import', items }])
  if (deeds.length === 0) return null
  return (
    <div className="mt-2 flex flex-wrap gap-2 print:hidden">
      {deeds.map(([label, deed]) => (
        <Button
          key={label}
          size="small"
          aria-label={`${label}: ${name}`}
          disabled={busy}
          onClick={() => {
            onDeed(deed)
          }}
        >
          {label}
        </Button>
      ))}
    </div>
  )
}
