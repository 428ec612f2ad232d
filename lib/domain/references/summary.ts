import type { Csl } from './schema'

/** The columns that repeat what lists show and search of a CSL-JSON item. `issued` is YYYY, YYYY-MM or YYYY-MM-DD. */
export interface CslSummary {
  type: string
  title: string
  author: string
  publisher: string
  issued: string
  doi: string
  url: string
}

/**
 * Summarises a CSL-JSON item for lists: authors as "Family, Given; Family, Given", the publisher or else the container, the known parts of the date,
 * and the DOI without a resolver's address. Missing fields are empty.
 */
export function summariseCsl(csl: Csl): CslSummary {
  return {
    type: csl.type,
    title: csl.title,
    author: (csl.author ?? []).map(nameOf).join('; '),
    publisher: csl.publisher ?? csl['container-title'] ?? '',
    issued: dateOf(csl.issued),
    doi: normaliseDoi(csl.DOI ?? ''),
    url: csl.URL ?? '',
  }
}

function nameOf(name: NonNullable<Csl['author']>[number]): string {
  if (name.literal !== undefined) return name.literal
  return [name.family, name.given].filter((part) => part !== undefined && part !== '').join(', ')
}

function dateOf(date: Csl['issued']): string {
  const [year, ...rest] = date?.['date-parts'][0] ?? []
  if (year === undefined) return ''
  const sign = year < 0 ? '-' : ''
  return [sign + String(Math.abs(year)).padStart(4, '0'), ...rest.map((part) => String(part).padStart(2, '0'))].join(
    '-',
  )
}

/** Normalises a DOI: without `doi:` or a resolver's address, in lower case (DOIs ignore case). Any other text is only trimmed. */
export function normaliseDoi(written: string): string {
  const match = /^\s*(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)\s*$/i.exec(written)
  return match?.[1] === undefined ? written.trim() : match[1].toLowerCase()
}
