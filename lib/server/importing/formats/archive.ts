import { crc32, inflateRawSync } from 'node:zlib'
import { damaged, UnreadableFile } from './unreadable'

/** A ZIP archive with its directory read; parts are unpacked on request. */
export interface Archive {
  /** The names of all parts, as the archive writes them. */
  names: ReadonlySet<string>
  /** A part's bytes; null for an unknown name. @throws UnreadableFile for a damaged or too large part. */
  read(name: string): Uint8Array | null
}

interface Entry {
  method: number
  flags: number
  checksum: number
  packedSize: number
  size: number
  offset: number
}

const maxEntries = 10_000
const maxPartBytes = 48 * 1024 * 1024
const maxTotalBytes = 400 * 1024 * 1024
const endRecord = 0x06054b50
const directoryRecord = 0x02014b50
const localRecord = 0x04034b50

/**
 * Reads the directory of a ZIP archive. All sizes are checked before unpacking: at most 10,000 parts, 400 MB in total, and 48 MB for a part that is
 * read; a part that unpacks to more than its declared size is refused. Nothing is written to disk.
 * @param what the kind of file for messages: "Word document"
 * @throws UnreadableFile
 */
export function openArchive(bytes: Uint8Array, what: string): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(view, bytes, what)
  let total = 0
  for (const { size } of entries.values()) total += size
  if (total > maxTotalBytes) throw tooLarge(what, total, maxTotalBytes)
  return {
    names: new Set(entries.keys()),
    read(name) {
      const entry = entries.get(name)
      return entry === undefined ? null : unpack(view, bytes, { entry, what })
    },
  }
}

function tooLarge(what: string, size: number, limit: number): UnreadableFile {
  const inMegabytes = (count: number) => Math.ceil(count / 1024 / 1024).toLocaleString('en-GB')
  return new UnreadableFile(
    'too-large',
    `This ${what} unpacks to ${inMegabytes(size)} MB; at most ${inMegabytes(limit)} MB can be read. Split it into parts, or save its text alone.`,
  )
}

/** The end record is the last one in the file, before a comment of at most 64 KB. */
function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= first; at -= 1) if (view.getUint32(at, true) === endRecord) return at
  return null
}

function readDirectory(view: DataView, bytes: Uint8Array, what: string): Map<string, Entry> {
  const end = findEnd(view)
  if (end === null) throw damaged(what)
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  const size = view.getUint32(end + 12, true)
  if (count > maxEntries || count === 0xffff) {
    const parts = count === 0xffff ? 'more than 65,000' : count.toLocaleString('en-GB')
    throw new UnreadableFile(
      'too-complex',
      `This ${what} is an archive of ${parts} parts; at most ${maxEntries.toLocaleString('en-GB')} can be read. Save its text alone and import that.`,
    )
  }
  if (start + size > end) throw damaged(what)
  const entries = new Map<string, Entry>()
  let at = start
  for (let done = 0; done < count; done += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== directoryRecord) throw damaged(what)
    const lengths = {
      name: view.getUint16(at + 28, true),
      rest: view.getUint16(at + 30, true) + view.getUint16(at + 32, true),
    }
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + lengths.name)).toString('utf8')
    entries.set(name.replace(/^\.?\//, ''), {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + lengths.name + lengths.rest
  }
  return entries
}

function unpack(view: DataView, bytes: Uint8Array, { entry, what }: { entry: Entry; what: string }): Uint8Array {
  const { offset, packedSize, size } = entry
  if ((entry.flags & 1) !== 0) {
    throw new UnreadableFile(
      'protected',
      `This ${what} is protected by a password. Open it with the password, save it without, and import that.`,
    )
  }
  if (size > maxPartBytes) throw tooLarge(what, size, maxPartBytes)
  if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== localRecord) throw damaged(what)
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + packedSize > view.byteLength) throw damaged(what)
  const packed = bytes.subarray(start, start + packedSize)
  const unpacked = inflate(packed, entry)
  if (unpacked?.length !== size || crc32(unpacked) !== entry.checksum) throw damaged(what)
  return unpacked
}

/** Unpacks a part; null when its bytes contradict the directory. */
function inflate(packed: Uint8Array, { method, size }: Entry): Uint8Array | null {
  if (method === 0) return packed
  if (method !== 8) return null
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) })
  } catch {
    return null
  }
}
