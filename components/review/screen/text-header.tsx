import Link from 'next/link'
import { wholeStructure } from '@/lib/domain/text/plain-content'
import { dateInWords } from '@/components/ui/text/wording'
import type { ReviewPageData } from './review-data'

/** What stands above the text: where it is from, its title, who wrote it. */
export function TextHeader({
  document,
  revision,
  latestNumber,
  showTitle,
}: Pick<ReviewPageData, 'document' | 'revision' | 'latestNumber'> & { showTitle: boolean }) {
  const facts = [
    document.source.name,
    dateInWords(document.publishedOn),
    `${new Intl.NumberFormat('en').format(revision.wordCount)} words`,
    `revision ${String(revision.number)} of ${String(latestNumber)}`,
  ].filter((fact) => fact !== '')
  return (
    <header className={showTitle ? 'mb-6 border-b border-line pb-5' : 'mb-4'}>
      <p className="flex flex-wrap gap-x-2 text-sm text-ink-3">
        {facts.map((fact) => (
          <span key={fact} dir="auto" className="not-last:after:ms-2 not-last:after:content-['·']">
            {fact}
          </span>
        ))}
      </p>
      <h1 dir="auto" className={showTitle ? 'mt-2.5 font-serif text-3xl font-semibold tracking-[-0.015em]' : 'sr-only'}>
        {document.title}
      </h1>
      {document.author !== '' && (
        <p dir="auto" className="mt-2 text-ink-2">
          By {document.author}
        </p>
      )}
      {document.url !== '' && (
        <p className="mt-1 truncate text-sm">
          <a
            href={document.url}
            rel="noreferrer"
            target="_blank"
            dir="ltr"
            className="text-ink-3 underline decoration-line-strong underline-offset-2 hover:text-ink"
          >
            {document.url.replace(/^https?:\/\//, '')}
          </a>
        </p>
      )}
      {revision.leftOut.length > 0 && (
        <p role="note" className="mt-3 rounded-md border border-line bg-sunken px-3 py-2 text-sm">
          {revision.leftOut.includes(wholeStructure)
            ? 'The structure of this text cannot be read, so it is shown in plain paragraphs. Its words are complete.'
            : `Some of this text is shown as plain text, because its structure is not known here: ${revision.leftOut.join(', ')}.`}
        </p>
      )}
      {revision.number < latestNumber && (
        <p role="note" className="mt-3 rounded-md border border-line bg-sunken px-3 py-2 text-sm">
          This is an earlier revision.{' '}
          <Link href={`/documents/${document.id}`} className="font-medium text-accent underline underline-offset-2">
            Open the newest one
          </Link>
        </p>
      )}
    </header>
  )
}
