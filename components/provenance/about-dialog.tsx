'use client'

import { useEffect, useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Spinner } from '@/components/ui/layout/spinner'
import { Dialog } from '@/components/ui/overlays/dialog'
import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, dateInWords, languageInWords, sizeInWords } from '@/components/ui/text/wording'
import { callApi } from '@/lib/client/api/call'
import type { DocumentView, RevisionSummary } from '@/lib/domain/documents/schema'

export interface AboutDialogProps {
  document: DocumentView
  open: boolean
  onClose: () => void
}

type Known = { is: 'asked' } | { is: 'known'; revisions: RevisionSummary[] } | { is: 'refused'; message: string }

const origins: Record<RevisionSummary['origin'], string> = {
  paste: 'Pasted',
  file: 'From a file',
  address: 'Fetched from its address',
  api: 'By the API',
  command_line: 'On the command line',
}

/** What is known about a document: its own details, and the origin of each revision. Default export because it is loaded on first use. */
export default function AboutDialog({ document, open, onClose }: AboutDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="About this document">
      {open && <About document={document} />}
    </Dialog>
  )
}

function About({ document }: Pick<AboutDialogProps, 'document'>) {
  const [known, setKnown] = useState<Known>({ is: 'asked' })
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isWanted = true
    void callApi<{ items: RevisionSummary[] }>({
      method: 'GET',
      path: `/api/v1/documents/${document.id}/revisions`,
    }).then((answer) => {
      if (!isWanted) return
      setKnown(answer.ok ? { is: 'known', revisions: answer.value.items } : { is: 'refused', message: answer.message })
    })
    return () => {
      isWanted = false
    }
  }, [document.id, tries])
  return (
    <div className="grid gap-5">
      <Facts>
        <Fact name="Title">
          <bdi>{document.title}</bdi>
        </Fact>
        <Fact name="Source">
          <bdi>{document.source.name}</bdi>
        </Fact>
        {document.author !== '' && (
          <Fact name="Author">
            <bdi>{document.author}</bdi>
          </Fact>
        )}
        {document.publishedOn !== null && <Fact name="Published">{dateInWords(document.publishedOn)}</Fact>}
        {document.language !== 'und' && <Fact name="Language">{languageInWords(document.language)}</Fact>}
        {document.url !== '' && (
          <Fact name="Address">
            <Address url={document.url} />
          </Fact>
        )}
      </Facts>
      {known.is === 'asked' && (
        <p role="status" className="flex items-center gap-2 text-ink-3">
          <Spinner className="size-4" /> Looking up where it came from
        </p>
      )}
      {known.is === 'refused' && (
        <div role="alert" className="flex flex-wrap items-center gap-3 text-danger">
          {known.message}
          <Button
            size="small"
            onClick={() => {
              setKnown({ is: 'asked' })
              setTries((count) => count + 1)
            }}
          >
            Try again
          </Button>
        </div>
      )}
      {known.is === 'known' &&
        known.revisions.map((revision) => (
          <Provenance key={revision.id} revision={revision} isOnly={known.revisions.length === 1} />
        ))}
    </div>
  )
}

/** The origin of a revision, the answer of its site, and the download of its original. */
function Provenance({ revision, isOnly }: { revision: RevisionSummary; isOnly: boolean }) {
  const { original, fetched } = revision
  const headers = Object.entries(fetched?.headers ?? {})
  return (
    <section className="grid gap-2.5 border-t border-line pt-4">
      <h3 className="font-semibold">{isOnly ? 'Where it came from' : `Revision ${String(revision.number)}`}</h3>
      <Facts>
        <Fact name="Imported">
          {origins[revision.origin]}, <LocalTime instant={revision.createdAt} shows="day-and-time" />
        </Fact>
        {fetched !== null && (
          <>
            <Fact name="Asked for">
              <Address url={fetched.requestedUrl} />
            </Fact>
            {fetched.url !== fetched.requestedUrl && (
              <Fact name="Answered by">
                <Address url={fetched.url} />
              </Fact>
            )}
            <Fact name="Fetched">
              <LocalTime instant={fetched.fetchedAt} shows="day-and-time" />
            </Fact>
            <Fact name="Status">{fetched.status}</Fact>
          </>
        )}
        {original !== null && (
          <>
            {original.fileName !== '' && (
              <Fact name="File">
                <bdi>{original.fileName}</bdi>
              </Fact>
            )}
            <Fact name="Type">
              {[fetched?.headers['content-type'] ?? original.mediaType, original.encoding]
                .filter(Boolean)
                .join(', read as ')}
            </Fact>
            <Fact name="Size">{sizeInWords(original.byteLength)}</Fact>
            <Fact name="SHA-256">
              <Hash>{original.sha256}</Hash>
            </Fact>
          </>
        )}
        <Fact name="Text">
          {countInWords(revision.wordCount, 'word')}, SHA-256 <Hash>{revision.sha256}</Hash>
        </Fact>
      </Facts>
      {headers.length > 0 && (
        <details>
          <summary className="w-fit rounded-sm text-sm font-medium text-accent">What the site said with it</summary>
          <dl className="mt-2 grid max-h-60 gap-x-4 gap-y-1 overflow-y-auto text-sm sm:grid-cols-[12rem_minmax(0,1fr)]">
            {headers.map(([name, value]) => (
              <Fact key={name} name={name}>
                <span dir="ltr">{value}</span>
              </Fact>
            ))}
          </dl>
        </details>
      )}
      {original !== null && (
        <a
          href={`/api/v1/revisions/${revision.id}/original`}
          download
          className="w-fit rounded-sm font-medium text-accent underline underline-offset-2"
        >
          {fetched === null ? 'Download the original' : 'Download what the site answered'}
        </a>
      )}
    </section>
  )
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[7rem_minmax(0,1fr)]">{children}</dl>
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere] max-sm:mb-1">{children}</dd>
    </>
  )
}

function Address({ url }: { url: string }) {
  return (
    <a href={url} rel="noreferrer" target="_blank" dir="ltr" className="text-accent underline underline-offset-2">
      {url}
    </a>
  )
}

function Hash({ children }: { children: string }) {
  return (
    <code dir="ltr" className="font-mono text-sm [overflow-wrap:anywhere]">
      {children}
    </code>
  )
}
