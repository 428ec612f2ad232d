import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { computeReport } from '@/lib/domain/reports/compute-report'
import { makePlaceOf, sentenceOfNumber } from '@/lib/domain/text/sentence-numbers'
import { readDocument } from '../importing/read-document'

const corpus = path.resolve(process.cwd(), '../shared/corpus')
const hasCorpus = existsSync(corpus)
const folders = [path.resolve(process.cwd(), 'prisma/sample/documents'), ...(hasCorpus ? [corpus] : [])]
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(txt|md|html)$/.test(name))
    .map((name) => path.join(folder, name)),
)

describe(`sentence numbers${hasCorpus ? '' : ' (without the corpus, which is not beside the project)'}`, () => {
  test.each(files.map((file) => [path.basename(file), file]))(
    'of report and reader are alike in %s',
    async (_, file) => {
      const read = await readDocument({ bytes: readFileSync(file), fileName: path.basename(file) })
      if (!read.ok) throw new Error(read.problem.message)
      const { sentences } = read.document
      const counted = sentences.filter(({ kind }) => kind === 'sentence')
      const reference = {
        id: 'r',
        title: 'Register',
        author: '',
        publisher: '',
        issued: '',
        url: '',
        doi: '',
        snapshotSha256: null,
        snapshotAt: null,
      }
      const report = computeReport({
        source: { id: 's', name: 'The Coastal Herald', kind: '', homepage: '' },
        documents: [
          {
            id: 'd',
            title: 'Tolls',
            publishedOn: null,
            revisionId: 'v',
            sha256: '',
            sentences,
            checkable: counted,
            decisions: [],
            annotations: counted.map(({ start, end }) => ({
              id: `a${String(start)}`,
              authorId: 'm',
              start,
              end,
              exact: '',
              note: '',
              rating: 'contradicted' as const,
              phase: 'open' as const,
              disputed: false,
              partial: false,
              citations: [
                {
                  id: 'c',
                  reference,
                  stance: 'contradicts' as const,
                  quote: 'two per cent',
                  locator: '',
                  quoteCheck: 'none' as const,
                  quoteStart: null,
                },
              ],
            })),
          },
        ],
        computedAt: '2025-03-21T00:00:00.000Z',
        inputSha256: '',
      })
      const placeOf = makePlaceOf(sentences)
      expect(report.contradicted).toHaveLength(counted.length)
      for (const { start, end, sentence, place } of report.contradicted) {
        expect(place).toBe(placeOf({ start, end }))
        expect(sentenceOfNumber(sentences, sentence ?? 0)).toMatchObject({ start, end })
      }
    },
  )
})
