const hrefPattern = /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i

/**
 * Whether an address may stand in a link: http, https or mailto, with no white space, quotes or angle brackets, at most 4,000
 * characters. Everything else (javascript:, data:, file:, relative) is refused.
 */
export function isAllowedHref(href: string): boolean {
  return href.length <= 4000 && hrefPattern.test(href)
}
