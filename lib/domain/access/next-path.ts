/**
 * Where to go after signing in: `next` when it is a path of this application, else `/`. A full address, `//host`, a backslash or a control
 * character (which browsers drop or read as `/`) would lead to another site.
 */
export function safeNextPath(next: string | null | undefined): string {
  if (typeof next !== 'string' || next.length > 2000) return '/'
  if (!next.startsWith('/') || next.startsWith('//')) return '/'
  for (let place = 0; place < next.length; place += 1) {
    const unit = next.charCodeAt(place)
    if (unit <= 0x20 || unit === 0x7f || unit === 0x5c) return '/'
  }
  if (next === '/sign-in' || next.startsWith('/sign-in?') || next.startsWith('/api/')) return '/'
  return next
}
