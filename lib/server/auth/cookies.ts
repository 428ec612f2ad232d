/** The cookie that remembers which workspace a person works in. Its value only ever chooses among their own. */
export const workspaceCookieName = 'sourcemark-workspace'

/** The first value of a cookie in a request's Cookie header; undefined when there is none. */
export function cookieOf(header: string | null, name: string): string | undefined {
  if (header === null) return undefined
  for (const part of header.split(';')) {
    const place = part.indexOf('=')
    if (place !== -1 && part.slice(0, place).trim() === name) return part.slice(place + 1).trim()
  }
  return undefined
}
