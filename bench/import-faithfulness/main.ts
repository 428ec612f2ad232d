/**
 * `npm run bench -- import-faithfulness [--table]`: measures how faithfully texts are read. Web pages are compared with the wanted articles: words in
 * scope, titles, authors, dates and languages. The words of each PDF file are compared with those that pdftotext finds. The sentences of plain text
 * are compared with those of the same paragraphs in several layouts.
 * The real pages and files are not part of the project; without them, this says that there is nothing to measure.
 */
import { printLine } from '../line'
import { scoreLayouts } from './layouts'
import { listPages, scorePage, type PageScore } from './pages'
import { listPdfs, scorePdf, type PdfScore } from './pdfs'

/** Prints one figure with its goal. */
function report(name: string, ours: number, { goal, unit }: { goal: number; unit: string }): void {
  printLine({
    bench: 'import-faithfulness',
    case: name,
    unit,
    ours: Number(ours.toFixed(4)),
    baseline: null,
    baselineName: null,
    ratio: null,
    goal: `≥ ${String(goal)}`,
    holds: ours >= goal,
  })
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function reportPages(scores: readonly PageScore[]): void {
  report('pages: precision of words in scope', mean(scores.map(({ precision }) => precision)), { goal: 0.98, unit: '' })
  report('pages: recall of words in scope', mean(scores.map(({ recall }) => recall)), { goal: 0.98, unit: '' })
  report('pages: F1 of words in scope', mean(scores.map(({ f1 }) => f1)), { goal: 0.98, unit: '' })
  report('pages: lowest F1', Math.min(...scores.map(({ f1 }) => f1)), { goal: 0.9, unit: '' })
  for (const { detail, goal } of [
    { detail: 'title', goal: 62 },
    { detail: 'author', goal: 38 },
    { detail: 'date', goal: 14 },
    { detail: 'language', goal: 38 },
  ] as const) {
    const said = scores.flatMap((score) => score[detail] ?? [])
    report(`pages: ${detail} right, of ${String(said.length)}`, said.filter(Boolean).length, { goal, unit: 'count' })
  }
  for (const { page, wrong } of scores) for (const line of wrong) process.stderr.write(`${page}: ${line}\n`)
}

function reportPdfs(scores: readonly PdfScore[]): void {
  for (const { file, wanted, found, f1, refusal } of scores) {
    const figures = `${String(wanted)} words by pdftotext, ${String(found)} by us`
    process.stderr.write(`${file}: ${f1 === null ? 'no score' : f1.toFixed(3)}, ${refusal ?? figures}\n`)
  }
  const compared = scores.flatMap(({ f1 }) => f1 ?? [])
  report(`PDF files: F1 of words, of ${String(compared.length)} with text`, mean(compared), { goal: 0.95, unit: '' })
}

function reportLayouts(): void {
  for (const { layout, precision, recall } of scoreLayouts()) {
    report(`sentences ${layout}: precision`, precision, { goal: 0.95, unit: '' })
    report(`sentences ${layout}: recall`, recall, { goal: 0.93, unit: '' })
  }
}

async function main(): Promise<void> {
  const pages = listPages()
  if (pages.length === 0) {
    process.stderr.write('The shared test data are not beside the project, so there are no pages to measure.\n')
    return
  }
  const scores: PageScore[] = []
  for (const page of pages) scores.push(await scorePage(page))
  reportPages(scores)
  const pdfs: PdfScore[] = []
  for (const file of listPdfs()) pdfs.push(await scorePdf(file))
  reportPdfs(pdfs)
  reportLayouts()
}

await main()
