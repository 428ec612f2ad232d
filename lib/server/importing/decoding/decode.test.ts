import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeBytes, findTextProblem, readMetaCharset, readTypeCharset } from './decode'

const german =
  'Die Brücke über den Fluß wurde „viel zu früh“ eröffnet – für 4 € täglich dürfen Fußgänger hinüber. '.repeat(4)
const russian = 'Мост был построен за одиннадцать лет, и никто не спросил паромщиков, чего они хотят. '.repeat(4)
const japanese = '橋は五月に開通したが、費用は四百万だった。誰も渡し守に尋ねなかった。'.repeat(6)

describe('decodeBytes', () => {
  const cases: [encoding: string, text: string, declared: string | null][] = [
    ['utf-8', german, null],
    ['utf-8', japanese, null],
    ['utf-16le', german, null],
    ['utf-16be', german, null],
    ['windows-1252', german, null],
    ['windows-1252', german, 'iso-8859-1'],
    ['windows-1251', russian, null],
    ['koi8-r', russian, null],
    ['shift_jis', japanese, null],
    ['euc-jp', japanese, null],
    ['iso-8859-2', 'Řeka a žlutý kůň', 'iso-8859-2'],
  ]
  it.each(cases)('reads %s', async (encoding, text, declared) => {
    expect(await decodeBytes(iconv.encode(text, encoding), declared)).toMatchObject({ ok: true, text })
  })

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
    'reads %s with a byte order mark and drops the mark',
    async (encoding) => {
      expect(await decodeBytes(iconv.encode(german, encoding, { addBOM: true }), null)).toMatchObject({
        ok: true,
        text: german,
        encoding,
      })
    },
  )

  it.each(['iso-8859-1', 'koi8-r', 'utf-16', 'shift_jis'])('prefers valid UTF-8 to a declared %s', async (declared) => {
    const text = 'Café naïve — “quotes”'
    expect(await decodeBytes(Buffer.from(text), declared)).toMatchObject({ ok: true, text, encoding: 'utf-8' })
  })

  it('prefers valid UTF-8 to a wrong declaration of it, and another encoding to invalid UTF-8', async () => {
    expect(await decodeBytes(iconv.encode(german, 'windows-1252'), 'utf-8')).toMatchObject({ ok: true, text: german })
    expect(await decodeBytes(Buffer.from('plain'), 'no-such-charset')).toMatchObject({ ok: true, text: 'plain' })
  })

  const binary: [name: string, bytes: Uint8Array, code: string, says: RegExp][] = [
    [
      'a PNG named .txt',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
      'unsupported-format',
      /PNG file.*Word .* or plain text/,
    ],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'unsupported-format', /PDF file/],
    ['a ZIP archive', Buffer.from('504b0304140000000800', 'hex'), 'unsupported-format', /ZIP archive/],
    ['zero bytes', Buffer.from('abc\0def\0\0ghi jkl'), 'binary', /binary data/],
    [
      'control characters',
      Buffer.from(Array.from({ length: 400 }, (_, at) => (at % 7) + 1)),
      'binary',
      /control characters/,
    ],
  ]
  it.each(binary)('refuses %s', async (...[, bytes, code, says]) => {
    const result = await decodeBytes(bytes, null)
    expect(result).toMatchObject({ ok: false, problem: { code } })
    expect(result.ok ? '' : result.problem.message).toMatch(says)
  })
})

describe('encodings without a sign of their own', () => {
  const french = 'À midi, l’été dernier, le maire a déclaré : « Le bac coûte 4 € ! » — c’était déjà trop.'
  it.each<[name: string, bytes: Buffer, encoding: string]>([
    ['Mac Roman', iconv.encode(french, 'macintosh'), 'macintosh'],
    [
      'Mac Roman with an apostrophe alone',
      iconv.encode('The mayor didn’t ask. The ferrymen don’t know.', 'macintosh'),
      'macintosh',
    ],
    ['Windows', iconv.encode(french, 'windows-1252'), 'windows-1252'],
    ['German of Windows', iconv.encode(german, 'windows-1252'), 'windows-1252'],
    ['UTF-16 of Japanese without a mark', iconv.encode(`${japanese}\n${japanese}`, 'utf-16le'), 'utf-16le'],
    ['UTF-16 of Japanese, high byte first', iconv.encode(`${japanese}\n${japanese}`, 'utf-16be'), 'utf-16be'],
    ['UTF-16 of Russian without a mark', iconv.encode(russian, 'utf-16le'), 'utf-16le'],
  ])('%s is guessed', async (_name, bytes, encoding) => {
    expect(await decodeBytes(bytes, null)).toMatchObject({ ok: true, encoding, ground: 'guessed' })
  })

  it('can be chosen, and how one is known is said', async () => {
    const bytes = iconv.encode('Ó ł', 'windows-1250')
    expect(await decodeBytes(bytes, null, 'windows-1250')).toMatchObject({ text: 'Ó ł', ground: 'chosen' })
    expect(await decodeBytes(bytes, 'windows-1250')).toMatchObject({ text: 'Ó ł', ground: 'declared' })
    expect(await decodeBytes(Buffer.from('plain'), null)).toMatchObject({ encoding: 'utf-8', ground: 'certain' })
  })

  it('do not matter for a text with a zero character by mistake, which is replaced', async () => {
    const result = await decodeBytes(Buffer.from('The ferry sank.\0'), null)
    expect(result).toMatchObject({
      ok: true,
      text: 'The ferry sank.\ufffd',
      notices: [expect.stringMatching(/^A zero/)],
    })
  })
})

describe('findTextProblem', () => {
  it.each<[string, string | undefined]>([
    ['plain text 👍 한국어', undefined],
    ['\u001b[31mred\u001b[0m', undefined],
    ['a\0b', 'binary'],
    ['half \ud83d pair', 'malformed-text'],
    ['half \udc4d pair', 'malformed-text'],
  ])('%j', (text, code) => {
    expect(findTextProblem(text)?.code).toBe(code)
  })
})

describe('declared charsets', () => {
  it('are read from media types and meta elements', () => {
    expect(readTypeCharset('text/html; charset="Windows-1252"')).toBe('windows-1252')
    expect(readTypeCharset('text/plain')).toBeNull()
    expect(readMetaCharset(Buffer.from('<meta charset=KOI8-R>'))).toBe('koi8-r')
    expect(
      readMetaCharset(Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">')),
    ).toBe('shift_jis')
    expect(readMetaCharset(Buffer.from('<p>charset=x</p>'))).toBeNull()
    expect(readMetaCharset(Buffer.from('<!-- <meta charset="koi8-r"> --><meta charset="utf-8">'))).toBe('utf-8')
    expect(readMetaCharset(Buffer.from('<?xml version="1.0" encoding="windows-1251"?><html>'))).toBe('windows-1251')
  })
})
