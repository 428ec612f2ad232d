import { maxFileBytes, maxTextBytes } from './schema'

/** A format in which a document may be imported. */
interface FormatFacts {
  /** Its name for people, with a file extension where that helps. */
  name: string
  mediaType: string
  /** The endings of its file names, in lower case. Only text needs them: the bytes of all other formats identify themselves. */
  endings: readonly string[]
  /** Whether it is plain bytes of text, which need an encoding, and not a file format that contains text. */
  isText: boolean
}

const facts = {
  word: {
    name: 'Word (.docx)',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['.docx', '.docm', '.dotx'],
    isText: false,
  },
  pdf: { name: 'PDF', mediaType: 'application/pdf', endings: ['.pdf'], isText: false },
  openDocument: {
    name: 'OpenDocument (.odt)',
    mediaType: 'application/vnd.oasis.opendocument.text',
    endings: ['.odt', '.ott'],
    isText: false,
  },
  epub: { name: 'EPUB', mediaType: 'application/epub+zip', endings: ['.epub'], isText: false },
  richText: { name: 'RTF', mediaType: 'application/rtf', endings: ['.rtf'], isText: false },
  mail: { name: 'e-mail (.eml)', mediaType: 'message/rfc822', endings: ['.eml'], isText: false },
  webArchive: {
    name: 'saved web pages (.mhtml)',
    mediaType: 'multipart/related',
    endings: ['.mhtml', '.mht'],
    isText: false,
  },
  subtitles: { name: 'subtitles (.srt, .vtt)', mediaType: 'text/vtt', endings: ['.srt', '.vtt'], isText: true },
  html: {
    name: 'HTML',
    mediaType: 'text/html',
    endings: ['.html', '.htm', '.xhtml'],
    isText: true,
  },
  markdown: {
    name: 'Markdown',
    mediaType: 'text/markdown',
    endings: ['.md', '.markdown', '.mdown', '.mkd'],
    isText: true,
  },
  text: { name: 'plain text', mediaType: 'text/plain', endings: ['.txt', '.text'], isText: true },
} as const satisfies Record<string, FormatFacts>

/** The formats that can be read. */
export type ImportFormat = keyof typeof facts

/** The properties of each format, in the order in which people see them. */
export const importFormats: Record<ImportFormat, FormatFacts> = facts

const all: readonly FormatFacts[] = Object.values(importFormats)

/** The formats by name, as part of a sentence: "Word (.docx), HTML, Markdown or plain text". */
export function nameFormats(last: 'and' | 'or'): string {
  const names = all.map(({ name }) => name)
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1) ?? ''}`
}

/** All endings and media types, for the `accept` attribute of a file field. */
export const acceptedFiles = all.flatMap(({ endings, mediaType }) => [...endings, mediaType]).join(',')

/** The most bytes of a file, by the ending of its name: plain text may have fewer than a file that also holds pictures and fonts. */
export function maxBytesOf(fileName: string): number {
  const ending = /\.[^./\\]+$/.exec(fileName.toLowerCase())?.[0] ?? ''
  return all.some(({ isText, endings }) => isText && endings.includes(ending)) ? maxTextBytes : maxFileBytes
}
