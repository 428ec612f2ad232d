import type { BatchFile, BatchSettings } from '@/lib/client/api/batches'
import { maxJobItems } from '@/lib/domain/jobs/schema'

/** From this many texts on, they are imported without looking at each one first. */
export const leastOfBatch = 21

/** Where the source of a batch's texts comes from: one for all, the publisher that each text names, or the folder that its file is in. */
export const sourceOrigins = ['one', 'text', 'folder'] as const
export type SourceOrigin = (typeof sourceOrigins)[number]

/** A batch before it is sent. */
export interface BatchDraft {
  id: string
  texts: readonly DraftText[]
  /** Names and reasons of files that are left out. */
  refused: readonly { name: string; why: string }[]
}

/** One text of the draft: a file, or an address. `source` is the name typed for this text alone. */
export interface DraftText {
  name: string
  file: File | null
  source: string
}

/** The folder that a file is in; empty for none. */
export function folderOf(name: string): string {
  return name.split('/').at(-2) ?? ''
}

/** Adds files to a draft. Files that cannot be imported are left out with the reason, and so are those beyond the limit of a batch. */
export function addFiles(
  draft: BatchDraft,
  files: readonly File[],
  refusalOf: (file: File) => string | null,
): BatchDraft {
  const texts = [...draft.texts]
  const refused = [...draft.refused]
  for (const file of files) {
    const why =
      refusalOf(file) ?? (texts.length < maxJobItems ? null : `At most ${String(maxJobItems)} files make one batch.`)
    if (why === null) texts.push({ name: file.name, file, source: '' })
    else refused.push({ name: file.name, why })
  }
  return { ...draft, texts, refused }
}

/** The name of a text's source; null for the one that the batch has for all. */
export function ownSourceOf({ name, source }: DraftText, origin: SourceOrigin): string | null {
  if (source.trim() !== '') return source.trim()
  const folder = origin === 'folder' ? folderOf(name) : ''
  return folder === '' ? null : folder
}

/** The files of a draft, as they are sent. */
export function filesOf({ texts }: BatchDraft, origin: SourceOrigin): BatchFile[] {
  return texts.flatMap((text) => (text.file === null ? [] : [{ file: text.file, source: ownSourceOf(text, origin) }]))
}

/** The addresses of a draft, as they are sent. */
export function addressesOf(
  { texts }: BatchDraft,
  origin: SourceOrigin,
): { address: string; source?: { name: string } }[] {
  return texts
    .filter(({ file }) => file === null)
    .map((text) => {
      const source = ownSourceOf(text, origin)
      return source === null ? { address: text.name } : { address: text.name, source: { name: source } }
    })
}

/** The default settings of a batch. */
export const usualSettings: Omit<BatchSettings, 'sourceName' | 'sourceOfText'> = { onSame: 'skip', onSimilar: 'ask' }
