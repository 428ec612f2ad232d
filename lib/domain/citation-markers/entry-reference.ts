import { identify, titleOf, type Identifier } from '../references/identify'
import type { CitedEntry } from './entries'

/** The parts of a reference that a document gives. */
export interface KnownReference {
  identifier: Identifier | null
  title: string
}

const doi = /\b10\.\d{4,9}\/[^\s"“”<>]+/
const address = /\bhttps?:\/\/[^\s<>"“”]+/gi

/** The longest title that is taken from an entry, in UTF-16 code units. */
const longestTitle = 1000

/** The reference for the target of a link in the text. Its words belong to the sentence, so the address alone gives the title. */
export function referenceOfLink({ words, addresses }: Pick<CitedEntry, 'words' | 'addresses'>): KnownReference {
  const identifier = identify(addresses[0] ?? '')
  return { identifier, title: identifier === null ? words.slice(0, longestTitle) : titleOf(identifier) }
}

/** The reference for the work that an entry names: by a DOI in it, else by its first address, and by its words. */
export function referenceOfEntry({ words, addresses }: Pick<CitedEntry, 'words' | 'addresses'>): KnownReference {
  const named = [doi.exec(words)?.[0] ?? '', ...addresses, ...(words.match(address) ?? [])].flatMap(
    (text) => identify(text) ?? [],
  )
  const identifier = named.find(({ kind }) => kind === 'doi') ?? named[0] ?? null
  const plain = words.replace(address, ' ').replace(/\s+/gu, ' ').trim().slice(0, longestTitle).trimEnd()
  if (/[\p{L}\p{N}]/u.test(plain)) return { identifier, title: plain.toWellFormed() }
  return { identifier, title: identifier === null ? words.slice(0, longestTitle) : titleOf(identifier) }
}
