/** The page of a reference, at a quote in its kept text when `quoteStart` (UTF-16 code units) says where one stands. */
export function placeOfReference(id: string, quoteStart: number | null): string {
  return quoteStart === null ? `/references/${id}` : `/references/${id}#quote-${String(quoteStart)}`
}

/** The outside address of a reference, else the resolver's of its DOI; null when there is neither that a browser opens as a page. */
export function webAddressOf({ url, doi }: { url: string; doi: string }): string | null {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url
  return doi === '' ? null : `https://doi.org/${doi.split('/').map(encodeURIComponent).join('/')}`
}
