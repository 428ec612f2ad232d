import { createHash } from 'node:crypto'
import { cellsOf, rowColumns, writeRows } from '@/lib/domain/interchange/annotation-rows'
import type { ExportedRevision } from '@/lib/domain/interchange/exported-revision'
import type { ExportFormat } from '@/lib/domain/interchange/schema'
import { writeWebAnnotations } from '@/lib/domain/interchange/write-web-annotations'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { notFound } from '@/lib/domain/errors'
import { fitContent } from '@/lib/domain/text/fit-content'
import { makePagesOf } from '@/lib/domain/text/pages'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { writeCsv } from '@/lib/domain/interchange/csv'
import type { Permit } from '../access/gate'
import { listAnnotations, maxAnnotationPage } from '../annotations/data'
import { database } from '../db/client'
import type { Download } from '../http/answers'

const mediaTypes: Record<ExportFormat, string> = {
  jsonld: 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
}

/** Exports the annotations of a revision that the member may see, in text order. @throws DomainError `not-found`. */
export async function exportAnnotations(
  permit: Permit<'annotation.read'>,
  { revisionId, format }: { revisionId: string; format: ExportFormat },
): Promise<Download> {
  const revision = await readExportedRevision(permit, revisionId)
  const annotations = await readAll(permit, revisionId)
  const content = writeFile(revision, annotations, format)
  return {
    bytes: content,
    mediaType: mediaTypes[format],
    fileName: `${revision.title} annotations.${format}`,
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}

function writeFile(revision: ExportedRevision, annotations: readonly AnnotationView[], format: ExportFormat): string {
  switch (format) {
    case 'jsonld':
      return `${JSON.stringify(writeWebAnnotations(revision, annotations))}\n`
    case 'jsonl':
      return writeRows(revision, annotations)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join('')
    case 'csv':
      return writeCsv(rowColumns, writeRows(revision, annotations).map(cellsOf))
  }
}

async function readExportedRevision(permit: Permit, id: string): Promise<ExportedRevision> {
  const { read } = await database()
  const row = await read.revision.findFirst({
    where: { id, workspaceId: permit.workspaceId, document: { deletedAt: null } },
    select: {
      id: true,
      documentId: true,
      text: true,
      content: true,
      sha256: true,
      createdAt: true,
      document: { select: { title: true, url: true } },
    },
  })
  if (row === null) throw notFound('revision')
  const { document, createdAt, content: stored, ...revision } = row
  const { content } = fitContent(stored, row.text)
  return {
    ...revision,
    title: document.title,
    url: document.url,
    createdAt: createdAt.toISOString(),
    pagesOf: makePagesOf(content, buildTextIndex(content)),
  }
}

/** Reads page by page through the one query that knows what the member may see. */
async function readAll(permit: Permit<'annotation.read'>, revisionId: string): Promise<AnnotationView[]> {
  const all: AnnotationView[] = []
  let cursor: string | undefined
  do {
    const page = await listAnnotations(permit, { revisionId, cursor, limit: maxAnnotationPage })
    for (const annotation of page.items) all.push(annotation)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return all
}
