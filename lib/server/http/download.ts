/** A file to be answered. `fileName` may be any text; `inline` files are only ever plain text of our own. */
export interface Download {
  bytes: Uint8Array<ArrayBuffer> | string
  mediaType: string
  fileName: string
  sha256: string
}

/**
 * A file that a browser saves and never runs: attachment, no sniffing, and a sandbox for the case that it is shown after all. Answers 304 when
 * the caller has these bytes. The content is immutable, so it may be kept, but only by this person's browser.
 */
export function answerDownload(file: Download, request: Request): Response {
  const headers = {
    'content-disposition': `attachment; filename="${asciiName(file.fileName)}"; filename*=UTF-8''${encodeName(file.fileName)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-cache',
    etag: `"${file.sha256}"`,
  }
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
  return new Response(file.bytes, { headers: { ...headers, 'content-type': file.mediaType } })
}

function asciiName(name: string): string {
  return name.replaceAll(/[^\w.\- ]/g, '_').slice(0, 200) || 'original'
}

/** RFC 8187: percent-encoded UTF-8; half characters, which it cannot carry, become U+FFFD. */
function encodeName(name: string): string {
  const whole = name.replaceAll(/\p{Surrogate}/gu, '\uFFFD')
  return encodeURIComponent(whole || 'original').replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
