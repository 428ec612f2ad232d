import { isAllowedHref } from '@/lib/domain/text/href'
import type { Mark } from '@/lib/domain/text/model'

/** The mark of a link to a whole address of the web or of mail; null for every other address. */
export function linkTo(address: string): Mark | null {
  if (address.length > 4000 || !URL.canParse(address)) return null
  const { href } = new URL(address)
  return isAllowedHref(href) ? { type: 'link', attrs: { href } } : null
}
