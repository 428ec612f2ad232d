import Link from 'next/link'
import { Cell, HeadCell, Table } from '@/components/ui/table'
import { countInWords, dateInWords, languageInWords, numberInWords } from '@/components/ui/wording'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { DocumentMenu } from './document-menu'

export interface DocumentListProps {
  documents: readonly DocumentView[]
  /** The sources a document can be moved to, for the form of its details. */
  sources: readonly { id: string; name: string }[]
  /** How many checkable sentences of each document (by id) the person has decided; documents without an entry show none. */
  decided?: ReadonlyMap<string, number> | undefined
  /** Left out where the page is about one source. */
  showSource?: boolean | undefined
}

/** Documents with what one needs to choose among them. */
export function DocumentList({ documents, sources, decided, showSource = true }: DocumentListProps) {
  return (
    <Table caption="Documents">
      <thead>
        <tr>
          <HeadCell>Document</HeadCell>
          <HeadCell className="max-md:hidden">Published</HeadCell>
          <HeadCell numeric className="max-sm:hidden">
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
            <tr key={document.id} className="group hover:bg-hover/60">
              <Cell className="max-w-0 min-w-52 w-full">
                <Link
                  href={`/documents/${document.id}`}
                  className="line-clamp-2 font-serif text-md font-medium text-ink [overflow-wrap:anywhere] hover:underline"
                >
                  <span dir="auto">{document.title}</span>
                </Link>
                <p className="truncate text-ink-3">
                  {showSource && <bdi>{document.source.name}</bdi>}
                  {document.author !== '' && (
                    <>
                      {showSource && ' · '}
                      <bdi>{document.author}</bdi>
                    </>
                  )}
                  {!document.language.startsWith('en') &&
                    languageInWords(document.language) !== '' &&
                    ` · ${languageInWords(document.language)}`}
                  <span className="md:hidden">
                    {document.publishedOn !== null && ` · ${dateInWords(document.publishedOn)}`}
                  </span>
                </p>
                <p className="text-sm text-ink-3 sm:hidden">{countInWords(revision.wordCount, 'word')}</p>
              </Cell>
              <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
                {document.publishedOn === null ? (
                  <span className="text-ink-3">not dated</span>
                ) : (
                  <time dateTime={document.publishedOn}>{dateInWords(document.publishedOn)}</time>
                )}
              </Cell>
              <Cell numeric className="max-sm:hidden">
                {numberInWords(revision.wordCount)}
              </Cell>
              <Cell className="min-w-40 whitespace-nowrap max-md:hidden">
                {decided === undefined ? (
                  <span className="text-ink-2">
                    {document.annotationCount === 0 ? 'none yet' : countInWords(document.annotationCount, 'annotation')}
                  </span>
                ) : (
                  <Progress done={decided.get(document.id) ?? 0} of={revision.checkableCount} />
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

/** A bar with its numbers in words. */
function Progress({ done, of }: { done: number; of: number }) {
  const share = of === 0 ? 0 : Math.min(1, done / of)
  return (
    <span className="grid gap-1.5">
      <svg
        viewBox="0 0 100 5"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="h-[5px] w-32 rounded-full bg-sunken"
      >
        <rect width={share * 100} height="5" className={share === 1 ? 'fill-sourced' : 'fill-accent'} />
      </svg>
      <span className="tabular text-xs text-ink-2">
        {of === 0
          ? 'nothing to decide'
          : done === 0
            ? `not begun, ${countInWords(of, 'sentence')}`
            : share === 1
              ? `all ${countInWords(of, 'sentence')} decided`
              : `${numberInWords(done)} of ${countInWords(of, 'sentence')}`}
      </span>
    </span>
  )
}
