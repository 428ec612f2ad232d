import { describe, expect, it } from 'vitest'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readDocument } from '../read-document'
import { looksLikeSubtitles, parseSubtitles } from './subtitles'

const textOf = (source: string) => buildTextIndex(parseSubtitles(source).content).text

describe('subtitles', () => {
  it('are running text: joined by speaker and pause, without numbers, times and styles', () => {
    const source = `1
00:00:01,000 --> 00:00:03,000
<i>The ferry</i> sailed

2
00:00:03,100 --> 00:00:05,000
{\\an8}at nine.

3
00:00:12,000 --> 00:00:13,000
Nobody waited.

4
00:00:13,500 --> 00:00:15,000
PILOT: I did.

5
00:00:15,000 --> 00:00:16,000
Twice.
`
    expect(textOf(source.replaceAll('\n', '\r\n'))).toBe(
      'The ferry sailed at nine.\n\nNobody waited.\n\nPILOT: I did. Twice.',
    )
  })

  it('of live captions say each line once', () => {
    const source = `WEBVTT
Kind: captions

00:01.000 --> 00:02.000
the ferry

00:02.000 --> 00:03.000 align:start
the ferry
sailed<00:02.500><c> at nine</c>

NOTE a remark

00:03.000 --> 00:04.000
sailed at nine
with forty people
`
    expect(textOf(source)).toBe('the ferry sailed at nine with forty people')
  })

  it('have the names of voices', () => {
    expect(textOf('WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ines Falk>Good &amp; well.</v>\n')).toBe(
      'Ines Falk: Good & well.',
    )
  })

  it.each<[string, boolean]>([
    ['WEBVTT\n\n00:01.000 --> 00:02.000\nA', true],
    ['1\n00:00:01,000 --> 00:00:02,000\nA', true],
    ['1\nThe ferry sailed at 00:01.', false],
    ['WEBVTTX', false],
  ])('%j', (text, expected) => {
    expect(looksLikeSubtitles(text)).toBe(expected)
  })

  it('are recognised without a name', async () => {
    const result = await readDocument({ bytes: Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nThe ferry sank.\n') })
    expect(result).toMatchObject({ ok: true, document: { format: 'subtitles', text: 'The ferry sank.' } })
  })
})
