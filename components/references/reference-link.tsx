import { Link } from '@/components/ui/controls/link'

export interface ReferenceLinkProps {
  reference: { id: string; title: string; url: string; doi: string }
  /** Where the quote stands in the kept text, in UTF-16 code units; null when it was not found there. */
  quoteStart?: number | null | undefined
  /** Whether its page can be opened by those who read this: a published report is read without a sign-in. */
  hasPage?: boolean
}

/** The title of a reference as a link to its page, at the quote where one was found, and the outside address as a second link. */
export function ReferenceLink({ reference, quoteStart = null, hasPage = true }: ReferenceLinkProps) {
  const address = webAddressOf(reference)
  return (
    <>
      {hasPage ? (
        <Link
          href={placeOfReference(reference.id, quoteStart)}
          // What is beneath may be a card that opens when it is pressed.
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

/** The host of a web address without www, cut where it is long. */
export function hostOf(address: string): string {
  const host = new URL(address).hostname.replace(/^www\./, '')
  return host.length > 32 ? `${host.slice(0, 31)}…` : host
}

/** The page of a reference, at a quote in its kept text when `quoteStart` (UTF-16 code units) says where one stands. */
export function placeOfReference(id: string, quoteStart: number | null): string {
  return quoteStart === null ? `/references/${id}` : `/references/${id}#quote-${String(quoteStart)}`
}

/** The outside address of a reference, else the resolver's of its DOI; null when there is neither that a browser opens as a page. */
export function webAddressOf({ url, doi }: { url: string; doi: string }): string | null {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url
  return doi === '' ? null : `https://doi.org/${doi.split('/').map(encodeURIComponent).join('/')}`
}
