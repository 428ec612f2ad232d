import { identify, titleOf, type Identifier } from '../references/identify'
import type { CitedEntry } from './entries'

/** A reference as far as a document names it. */
export interface KnownReference {
  identifier: Identifier | null
  title: string
}

const doi = /\b10\.\d{4,9}\/[^\s"“”<>]+/
const address = /\bhttps?:\/\/[^\s<>"“”]+/gi

/** The longest title that is taken from an entry, in UTF-16 code units. */
const longestTitle = 1000

/** What can be known of where a link in the text leads: its words are those of the sentence, so that the address alone gives the title. */
export function referenceOfLink({ words, addresses }: Pick<CitedEntry, 'words' | 'addresses'>): KnownReference {
  const identifier = identify(addresses[0] ?? '')
  return { identifier, title: identifier === null ? words.slice(0, longestTitle) : titleOf(identifier) }
}

/** What can be known of the thing that an entry names: by a DOI in it, else by its first address, and by its words. */
export function referenceOfEntry({ words, addresses }: Pick<CitedEntry, 'words' | 'addresses'>): KnownReference {
  const named = [doi.exec(words)?.[0] ?? '', ...addresses, ...(words.match(address) ?? [])].flatMap(
    (text) => identify(text) ?? [],
  )
  const identifier = named.find(({ kind }) => kind === 'doi') ?? named[0] ?? null
  const plain = words.replace(address, ' ').replace(/\s+/gu, ' ').trim().slice(0, longestTitle).trimEnd()
  if (/[\p{L}\p{N}]/u.test(plain)) return { identifier, title: plain.toWellFormed() }
  return { identifier, title: identifier === null ? words.slice(0, longestTitle) : titleOf(identifier) }
}
