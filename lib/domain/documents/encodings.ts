/** The encodings that text can be read in, by name, with their names for people. The most common ones come first. */
export const encodings = {
  'utf-8': 'Unicode (UTF-8)',
  'utf-16le': 'Unicode (UTF-16, low byte first)',
  'utf-16be': 'Unicode (UTF-16, high byte first)',
  'windows-1252': 'Western European (Windows)',
  'iso-8859-15': 'Western European (ISO 8859-15)',
  macintosh: 'Western European (Mac Roman)',
  'windows-1250': 'Central European (Windows)',
  'iso-8859-2': 'Central European (ISO 8859-2)',
  'windows-1251': 'Cyrillic (Windows)',
  'koi8-r': 'Cyrillic (KOI8-R)',
  'koi8-u': 'Cyrillic (KOI8-U)',
  'iso-8859-5': 'Cyrillic (ISO 8859-5)',
  'windows-1253': 'Greek (Windows)',
  'iso-8859-7': 'Greek (ISO 8859-7)',
  'windows-1254': 'Turkish (Windows)',
  'windows-1255': 'Hebrew (Windows)',
  'iso-8859-8': 'Hebrew (ISO 8859-8)',
  'windows-1256': 'Arabic (Windows)',
  'iso-8859-6': 'Arabic (ISO 8859-6)',
  'windows-1257': 'Baltic (Windows)',
  'windows-1258': 'Vietnamese (Windows)',
  'windows-874': 'Thai (Windows)',
  shift_jis: 'Japanese (Shift JIS)',
  'euc-jp': 'Japanese (EUC)',
  gb18030: 'Chinese, simplified (GB 18030)',
  big5: 'Chinese, traditional (Big5)',
  'euc-kr': 'Korean (EUC)',
} as const

/** An encoding that can be chosen for a text. */
export type EncodingName = keyof typeof encodings

/** The names of all encodings that can be chosen. */
export const encodingNames = Object.keys(encodings) as [EncodingName, ...EncodingName[]]

/**
 * How the encoding of a text was found: by its bytes alone (`certain`), because the file says so (`declared`), because its letters make sense that
 * way (`guessed`), or because a person said so (`chosen`).
 */
export const encodingGrounds = ['certain', 'declared', 'guessed', 'chosen'] as const
export type EncodingGround = (typeof encodingGrounds)[number]
