import { Link } from '@/components/ui/controls/link'

export interface ReferenceLinkProps {
  reference: { id: string; title: string; url: string; doi: string }
  /** The start of the quote in the kept text, in UTF-16 code units; null when it was not found. */
  quoteStart?: number | null | undefined
  /** Whether its page opens for these readers: a published report is read without a sign-in. */
  hasPage?: boolean
}

/** The title of a reference as a link to its page, at the quote if it was found, followed by a link to the outside address. */
export function ReferenceLink({ reference, quoteStart = null, hasPage = true }: ReferenceLinkProps) {
  const address = webAddressOf(reference)
  return (
    <>
      {hasPage ? (
        <Link
          href={placeOfReference(reference.id, quoteStart)}
          // The link may be on a card that opens when it is pressed.
          className="relative z-10 underline decoration-line-strong underline-offset-2 [overflow-wrap:anywhere] hover:decoration-current print:no-underline"
        >
          {reference.title}
        </Link>
      ) : (
        reference.title
      )}
      {address !== null && (
        <>
          {' '}
          <a
            href={address}
            target="_blank"
            rel="noopener noreferrer nofollow"
            aria-label={`${reference.title}: open ${hostOf(address)} in a new tab`}
            dir="ltr"
            className="relative z-10 text-xs font-normal whitespace-nowrap text-ink-3 underline-offset-2 hover:underline print:hidden"
          >
            {hostOf(address)}&nbsp;↗
          </a>
        </>
      )}
    </>
  )
}

/** The host of a web address without www, shortened when it is long. */
export function hostOf(address: string): string {
  const host = new URL(address).hostname.replace(/^www\./, '')
  return host.length > 32 ? `${host.slice(0, 31)}…` : host
}

/** The path of a reference's page, at the quote that begins at `quoteStart` (UTF-16 code units of the kept text) if there is one. */
export function placeOfReference(id: string, quoteStart: number | null): string {
  return quoteStart === null ? `/references/${id}` : `/references/${id}#quote-${String(quoteStart)}`
}

/** The outside address of a reference, or else the resolver's address of its DOI; null when a browser can open neither as a page. */
export function webAddressOf({ url, doi }: { url: string; doi: string }): string | null {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url
  return doi === '' ? null : `https://doi.org/${doi.split('/').map(encodeURIComponent).join('/')}`
}
