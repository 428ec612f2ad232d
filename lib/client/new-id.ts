/** The last id's time in ms and its counter of ids within that time. */
let last = { at: 0, count: 0 }

/**
 * Makes an id for a new row: a UUID of version 7 (RFC 9562, section 5.7). Ids sort by creation, also within a millisecond (a counter in the twelve
 * bits after the version, section 6.2 method 1) and when the clock steps back. Written here because a library would add too much to the reader's
 * page.
 */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  // A new millisecond starts its counter in the lower half, to leave room for increments.
  const start = (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) & 0x7ff
  if (now > last.at) last = { at: now, count: start }
  else if (last.count < 0xfff) last = { at: last.at, count: last.count + 1 }
  else last = { at: last.at + 1, count: start }
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80
  const time = last.at.toString(16).padStart(12, '0')
  const counter = `7${last.count.toString(16).padStart(3, '0')}`
  const random = Array.from(bytes.subarray(2), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${random.slice(0, 4)}-${random.slice(4)}`
}
