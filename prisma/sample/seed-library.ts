import { basename } from 'node:path'
import { checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { unpackSentences, type SentenceSpan } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { permit, type Actor } from '@/lib/server/access/gate'
import { createDocument } from '@/lib/server/documents/create'
import { readImport } from '@/lib/server/reading/read-submitted'
import { createReference } from '@/lib/server/references/mutations'
import { createSource } from '@/lib/server/sources/mutations'
import { readSampleDocument, type Sample } from './load'

/** What reviews need of a stored document: its revision, its text, and the sentences to decide. */
export interface SeededDocument {
  id: string
  revisionId: string
  text: string
  checkable: SentenceSpan[]
}

/** Stored documents by slug and references by key. */
export interface SeededLibrary {
  documents: Map<string, SeededDocument>
  references: Map<string, string>
}

/** Stores the sample's sources, documents and references as the lead would: by importing the files. */
export async function seedLibrary({
  sample,
  folder,
  lead,
}: {
  sample: Sample
  folder: string
  lead: Actor
}): Promise<SeededLibrary> {
  const documents = new Map<string, SeededDocument>()
  // Stored in reverse: lists show the latest import first, and the sample begins with the most rewarding texts.
  for (const { name, kind, homepage, description, documents: texts } of sample.sources.toReversed()) {
    const { source } = await createSource(permit(lead, 'source.create'), { name, kind, homepage, description })
    for (const text of texts.toReversed()) {
      const { title, author, publishedOn, language, url } = text
      const imported = await readImport(
        { bytes: await readSampleDocument(folder, text), fileName: basename(text.file) },
        { caller: 'sample' },
      )
      const { document } = await createDocument(permit(lead, 'document.create'), {
        source: { id: source.id },
        imported,
        overrides: { title, author, publishedOn, language, url },
        origin: 'file',
        allowDuplicate: false,
      })
      const checkable = checkableSentences(
        unpackSentences(imported.sentences),
        scopeRegions(buildTextIndex(imported.content)),
      )
      documents.set(text.slug, { id: document.id, revisionId: document.revision.id, text: imported.text, checkable })
    }
  }
  const references = new Map<string, string>()
  for (const { key, csl, snapshotText } of sample.references) {
    const { reference } = await createReference(permit(lead, 'reference.create'), {
      csl,
      snapshotText: snapshotText ?? null,
    })
    references.set(key, reference.id)
  }
  return { documents, references }
}
