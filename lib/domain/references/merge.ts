import { addressKey, identify, titleOf } from './identify'
import type { Csl, ReferenceSummary } from './schema'

/** The reasons why two references seem to be the same thing. */
export const twinReasons = ['doi', 'address', 'title-and-date'] as const
export type TwinReason = (typeof twinReasons)[number]

/** Two references that seem to be the same thing. */
export interface Twins<R> {
  one: R
  other: R
  because: TwinReason
}

type Described = Pick<ReferenceSummary, 'id' | 'title' | 'issued' | 'doi' | 'url'>

/**
 * Finds pairs of references that have the same DOI, the same address in any spelling, or the same title and date. When several are alike, each of the
 * others is paired with the first. A pair occurs once, with its surest reason. Linear in the number of references.
 */
export function findTwins<R extends Described>(references: readonly R[]): Twins<R>[] {
  const first = new Map<string, R>()
  const pairs = new Map<string, Twins<R>>()
  for (const because of twinReasons) {
    for (const reference of references) {
      const key = keyOf(reference, because)
      if (key === null) continue
      const one = first.get(`${because} ${key}`)
      if (one === undefined) first.set(`${because} ${key}`, reference)
      else {
        const pair = [one.id, reference.id].sort().join(' ')
        if (!pairs.has(pair)) pairs.set(pair, { one, other: reference, because })
      }
    }
  }
  return [...pairs.values()]
}

function keyOf({ title, issued, doi, url }: Described, because: TwinReason): string | null {
  const address = addressKey(url)
  if (because === 'doi') return doi === '' ? (address?.startsWith('doi:') === true ? address : null) : `doi:${doi}`
  if (because === 'address') return address
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return issued === '' || words === '' ? null : `${words} ${issued}`
}

/**
 * Merges the fields of two references: those of `kept`, and from `other` those that it lacks. A title that was only read from an address is replaced
 * by one that a person wrote, with its type; a date is replaced by a more precise one (a month, a day) that agrees with it.
 */
export function mergeCsl(kept: Csl, other: Csl): Csl {
  const takesTitle = isReadFromAddress(kept) && !isReadFromAddress(other)
  const custom = { ...other.custom, ...kept.custom }
  const filled: Partial<Csl> = Object.fromEntries(
    Object.entries(kept).filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0)),
  )
  return {
    ...other,
    ...filled,
    type: takesTitle ? other.type : kept.type,
    title: takesTitle ? other.title : kept.title,
    ...(saysMore(other.issued, kept.issued) ? { issued: other.issued } : {}),
    ...(Object.keys(custom).length === 0 ? {} : { custom }),
  }
}

function isReadFromAddress({ title, DOI = '', URL = '' }: Csl): boolean {
  return [DOI, URL].some((written) => {
    const identifier = identify(written)
    return title === written || (identifier !== null && title === titleOf(identifier))
  })
}

function saysMore(one: Csl['issued'], other: Csl['issued']): one is NonNullable<Csl['issued']> {
  const [more = []] = one?.['date-parts'] ?? []
  const [less = []] = other?.['date-parts'] ?? []
  return more.length > less.length && less.every((part, index) => part === more[index])
}

/** The kept text of two merged references, or why they have no common one. */
export type MergedText = { ok: true; text: string | null } | { ok: false; reason: 'two-texts' }

/**
 * Merges kept texts: the only one, the one that contains the other, or none. Two texts that differ are not merged, because a quote found in one would
 * lose its place: a person has to remove one of them first.
 */
export function mergeTexts(kept: string | null, other: string | null): MergedText {
  if (kept === null || other === null) return { ok: true, text: kept ?? other }
  if (kept.includes(other.trim())) return { ok: true, text: kept }
  if (other.includes(kept.trim())) return { ok: true, text: other }
  return { ok: false, reason: 'two-texts' }
}
