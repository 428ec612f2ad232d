import { Link } from '@/components/ui/controls/link'
import { Bar } from '@/components/ui/layout/progress'
import { Parts } from '@/components/ui/layout/parts'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { countInWords, dateInWords, languageInWords, numberInWords } from '@/components/ui/text/wording'
import { ReviewStateLine } from '@/components/claims/review-state-line'
import type { DocumentReviewState } from '@/lib/domain/documents/review-state'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { DocumentMenu } from './document-menu'
import { AllDocumentsBox, DocumentBox, DocumentSelection } from './selection/document-selection'

export interface DocumentListProps {
  documents: readonly DocumentView[]
  /** The sources that a document can be moved to, for the form of its details. */
  sources: readonly { id: string; name: string }[]
  /** The current member's own decided sentences by document id, counting checkable sentences only. Documents without an entry have none. */
  decided?: ReadonlyMap<string, { decided: number; total: number }> | undefined
  /** The progress of review sessions with each document and what they settled, by document id. */
  reviewStates?: ReadonlyMap<string, DocumentReviewState> | undefined
  /** Left out on the page of one source. */
  showSource?: boolean | undefined
}

/** Documents with the facts to choose among them, and with checkboxes where several can be changed at once. */
export function DocumentList(props: DocumentListProps) {
  const changeable = props.documents.filter(({ may }) => may.update)
  if (changeable.length === 0) return <DocumentTable {...props} hasBoxes={false} />
  return (
    <DocumentSelection documents={changeable}>
      <DocumentTable {...props} hasBoxes />
    </DocumentSelection>
  )
}

function DocumentTable({
  documents,
  sources,
  decided,
  reviewStates,
  showSource = true,
  hasBoxes,
}: DocumentListProps & { hasBoxes: boolean }) {
  return (
    <Table caption="Documents">
      <thead>
        <tr>
          {hasBoxes && (
            <HeadCell className="pe-0">
              <AllDocumentsBox />
            </HeadCell>
          )}
          <HeadCell>Document</HeadCell>
          <HeadCell className="max-md:hidden">Published</HeadCell>
          <HeadCell numeric className="max-md:hidden">
            Words
          </HeadCell>
          <HeadCell className="max-md:hidden">{decided === undefined ? 'Annotations' : 'Your decisions'}</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {documents.map((document) => {
          const { revision } = document
          return (
            <tr
              key={document.id}
              data-document={document.id}
              className="group hover:bg-hover/60 has-[input:checked]:bg-accent-soft/60"
            >
              {hasBoxes && (
                <Cell className="pe-0">
                  {document.may.update && <DocumentBox id={document.id} title={document.title} />}
                </Cell>
              )}
              <NameCell document={document} showSource={showSource} state={reviewStates?.get(document.id)} />
              <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
                {document.publishedOn === null ? (
                  <span className="text-ink-3">not dated</span>
                ) : (
                  <time dateTime={document.publishedOn}>{dateInWords(document.publishedOn)}</time>
                )}
              </Cell>
              <Cell numeric className="max-md:hidden">
                {numberInWords(revision.wordCount)}
              </Cell>
              <Cell className="min-w-40 whitespace-nowrap max-md:hidden">
                {decided === undefined ? (
                  <span className="text-ink-2">
                    {document.annotationCount === 0 ? 'none yet' : countInWords(document.annotationCount, 'annotation')}
                  </span>
                ) : (
                  <Progress
                    {...(decided.get(document.id) ?? { decided: 0, total: revision.checkableCount })}
                    isReviewed={reviewStates?.has(document.id) ?? false}
                  />
                )}
              </Cell>
              <Cell className="ps-0 text-end">
                <DocumentMenu document={document} sources={sources} />
              </Cell>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}

/** The title with the document's details, its tags, and the results of reviews. */
function NameCell({
  document,
  showSource,
  state,
}: {
  document: DocumentView
  showSource: boolean
  state: DocumentReviewState | undefined
}) {
  return (
    <Cell className="max-w-0 min-w-52 w-full">
      <Link
        href={`/documents/${document.id}`}
        className="line-clamp-2 font-serif text-md font-medium text-ink [overflow-wrap:anywhere] hover:underline"
      >
        <span dir="auto">{document.title}</span>
      </Link>
      <p className="truncate text-ink-3">
        <Parts
          parts={[
            showSource ? document.source.name : '',
            document.author,
            document.language.startsWith('en') ? '' : languageInWords(document.language),
          ]}
        />
      </p>
      {document.tags.length > 0 && (
        <ul aria-label="Tags" className="mt-1 flex flex-wrap gap-1.5">
          {document.tags.map((tag) => (
            <li key={tag}>
              <Link
                href={`/documents?tag=${encodeURIComponent(tag)}`}
                className="block min-w-6 rounded-sm bg-sunken px-1.5 text-center text-xs leading-6 text-ink-2 [overflow-wrap:anywhere] hover:bg-hover hover:text-ink hover:underline"
              >
                <bdi>{tag}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <p className="truncate text-sm text-ink-3 md:hidden">
        <Parts parts={[dateInWords(document.publishedOn), countInWords(document.revision.wordCount, 'word')]} />
      </p>
      <ReviewStateLine document={document} state={state} />
    </Cell>
  )
}

/** A bar with its numbers in words. A document that only others reviewed in sessions shows "none" and its size: "not begun" would be wrong. */
function Progress({ decided, total, isReviewed }: { decided: number; total: number; isReviewed: boolean }) {
  if (decided === 0 && isReviewed)
    return <span className="tabular text-xs text-ink-2">none, {countInWords(total, 'sentence')}</span>
  return (
    <span className="grid gap-1.5">
      <Bar share={total === 0 ? 0 : decided / total} />
      <span className="tabular text-xs text-ink-2">{progressInWords(decided, total)}</span>
    </span>
  )
}

function progressInWords(decided: number, total: number): string {
  if (total === 0) return 'nothing to decide'
  if (decided === 0) return `not begun, ${countInWords(total, 'sentence')}`
  if (decided >= total) return `all ${countInWords(total, 'sentence')} decided`
  return `${numberInWords(decided)} of ${countInWords(total, 'sentence')}`
}
