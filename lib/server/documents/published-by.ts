import { getDomain } from 'tldts'
import type { SuggestedSource } from '@/lib/domain/documents/schema'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import type { StorableDocument } from '../reading/storable-document'

/** The part of an address that someone has registered, such as "example.co.uk"; null for a number or a name of one's own network. */
function domainOf(address: string): string | null {
  return getDomain(address, { allowPrivateDomains: true })
}

/** Where a document stands, by its own words as far as they are about the site it was fetched from; null when nothing says. */
export function addressOf({
  canonicalUrl,
  fetched,
}: Pick<StorableDocument, 'canonicalUrl' | 'fetched'>): string | null {
  if (fetched === null) return canonicalUrl
  const isOwn = canonicalUrl !== null && domainOf(canonicalUrl) === domainOf(fetched.url)
  return isOwn ? canonicalUrl : fetched.url
}

/**
 * Who may have published a document, for a person to take or leave: the source of the workspace whose homepage has the same registered domain, else the
 * name by which the page calls its site, else the domain. Null for a document without an address.
 */
export async function suggestSource(
  { workspaceId }: Permit,
  imported: StorableDocument,
): Promise<SuggestedSource | null> {
  const address = addressOf(imported)
  const domain = address === null ? null : domainOf(address)
  const name = imported.publisher ?? domain
  const { read } = await database()
  const columns = { orderBy: { createdAt: 'asc' }, select: { name: true, homepage: true } } as const
  if (domain !== null) {
    const near = await read.source.findMany({
      where: { workspaceId, deletedAt: null, homepage: { contains: domain } },
      take: 50,
      ...columns,
    })
    const known = near.find(({ homepage }) => domainOf(homepage) === domain)
    if (known !== undefined) return { name: known.name, isKnown: true }
  }
  if (address === null || name === null) return null
  const named = await read.source.findFirst({ where: { workspaceId, deletedAt: null, name }, ...columns })
  return { name, isKnown: named !== null }
}
