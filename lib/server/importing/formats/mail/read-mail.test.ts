import { describe, expect, it } from 'vitest'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readDocument } from '../../read-document'

const lines = (...all: string[]) => Buffer.from(all.join('\r\n'), 'latin1')

const letter = lines(
  'Received: from a.example by b.example',
  'From: =?utf-8?Q?Ines_F=C3=A4lk?= <ines@gazette.example>',
  'To: desk@gazette.example',
  'Date: Fri, 9 Apr 2021 23:30:00 +0200',
  'Subject: =?utf-8?B?VGhlIGZlcnJ5?=',
  ' =?utf-8?Q?_=E2=80=93_again?=',
  'Message-ID: <1@gazette.example>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="outer"',
  '',
  'Not shown.',
  '--outer',
  'Content-Type: multipart/alternative; boundary=inner',
  '',
  '--inner',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'The ferry is p=',
  'lain.',
  '--inner',
  'Content-Type: text/html; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '<html><body><p>The ferry caf=E9 <a href=3D"https://gazette.example/">closed</a>.</p><ul><li>One</li></ul></body></html>',
  '--inner--',
  '--outer',
  'Content-Type: application/pdf; name="log.pdf"',
  'Content-Disposition: attachment; filename="log.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  'JVBERi0=',
  '--outer--',
  '',
)

describe('a message', () => {
  it('is read by its HTML, with its headers before it and its files named', async () => {
    const result = await readDocument({ bytes: letter, fileName: 'letter.eml' })
    expect(result).toMatchObject({
      ok: true,
      document: {
        format: 'mail',
        title: 'The ferry – again',
        author: 'Ines Fälk',
        publishedOn: '2021-04-09',
        notices: ['1 attachment was left out: log.pdf.'],
        summary: { links: 1, lists: 1 },
      },
    })
    if (!result.ok) return
    const { text, blocks } = buildTextIndex(result.document.content)
    expect(blocks[0]?.scope).toBe('boilerplate')
    expect(text).toMatch(
      /^From: Ines Fälk <ines@gazette\.example>\nTo: .*\nSubject: The ferry – again\n\nThe ferry café closed\.\n\nOne$/s,
    )
  })

  it('is read by its plain text when it has no other, in the encoding it says', async () => {
    const bytes = Buffer.concat([
      lines(
        'From: a@b.example',
        'Subject: Bridge',
        'Date: 1 May 2020 10:00 +0000',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=koi8-r',
        'Content-Transfer-Encoding: base64',
        '',
        '',
      ),
      Buffer.from(Buffer.from([0xed, 0xcf, 0xd3, 0xd4]).toString('base64')),
    ])
    const result = await readDocument({ bytes })
    expect(result.ok && result.document.text).toMatch(/Мост$/)
  })

  it('is not seen in a text that only begins like one', async () => {
    const result = await readDocument({
      text: '',
      bytes: Buffer.from('From: the editor\nTo: all\nSubject: ferries\n\nThe ferry sank.'),
    })
    expect(result.ok && result.document.format).toBe('text')
  })

  it('without text is refused', async () => {
    const bytes = lines(
      'From: a@b.example',
      'MIME-Version: 1.0',
      'Message-ID: <1@b>',
      'Content-Type: image/png',
      '',
      'x',
    )
    const result = await readDocument({ bytes })
    expect(result.ok ? '' : result.problem.message).toMatch(/no text in this message/)
  })
})

describe('a saved web page', () => {
  it('is read as the page', async () => {
    const bytes = lines(
      'From: <Saved by a browser>',
      'Snapshot-Content-Location: https://gazette.example/ferry',
      'Subject: The ferry',
      'Date: Fri, 9 Apr 2021 23:30:00 -0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/related; type="text/html"; boundary="----b"',
      '',
      '------b',
      'Content-Type: text/html',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      `<!DOCTYPE html><html><head><meta charset=3D"utf-8"><title>The ferry</title></head><body><nav>Home</nav><article><h1>The ferry</h1><p>${'It caf=C3=A9 sank. '.repeat(30)}</p></article></body></html>`,
      '------b--',
    )
    const result = await readDocument({ bytes, fileName: 'ferry.mhtml' })
    expect(result).toMatchObject({
      ok: true,
      document: { format: 'webArchive', title: 'The ferry', publishedOn: '2021-04-09' },
    })
    expect(result.ok && result.document.text).toContain('It café sank.')
    expect(result.ok && result.document.summary.regions.map(({ reason }) => reason)).toContain('navigation')
  })
})
