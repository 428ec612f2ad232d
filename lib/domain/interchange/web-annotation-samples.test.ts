import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Ajv from 'ajv-draft-04'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { annotated } from '@/tests/setup/annotated-texts'
import { makeExportedReport } from '@/tests/setup/exported-report'
import { makeReportInputs } from '@/tests/setup/report-inputs'
import { definitions } from '@/tests/setup/web-annotation-definitions'
import { isObject, listOf } from './foreign-annotation'
import { writeFindingAnnotations } from '../report-exports/linked-data'
import { readAnnotationFile } from './read-file'
import { writeWebAnnotations } from './write-web-annotations'

const folder = path.resolve(process.cwd(), '../shared/testdata/web-annotation')
const present = existsSync(folder)

function readJson(...parts: string[]): unknown {
  return JSON.parse(readFileSync(path.join(folder, ...parts), 'utf8'))
}

interface Must {
  name: string
  keeps: (value: unknown) => boolean
}
let loaded: Must[] | undefined

/** The 54 schemas whose rules are MUSTs: each with its name and a test of a value. Compiling them takes seconds. */
function loadMusts(): Must[] {
  return (loaded ??= compileMusts())
}

function compileMusts(): Must[] {
  const ajv = new Ajv({ strict: false, logger: false })
  ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i)
  ajv.addFormat('date-time', (text) => /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text))
  for (const [name, some] of Object.entries(definitions)) ajv.addSchema({ id: name, definitions: some }, name)
  const listed = readJson('schemas', 'annotationMusts.test')
  return listOf(isObject(listed) ? listed.assertions : []).map((assertion) => {
    const name = String(assertion).replace(/^annotations\//, '')
    const schema = readJson('schemas', name)
    // Two files carry the id of another; their own names tell them apart.
    const keeps = ajv.compile(isObject(schema) ? { ...schema, id: path.basename(name) } : {})
    return { name, keeps: (value) => keeps(value) }
  })
}

function filesOf(kind: 'correct' | 'incorrect'): { name: string; content: string }[] {
  const samples = path.join(folder, 'samples', kind)
  return readdirSync(samples).map((name) => ({ name, content: readFileSync(path.join(samples, name), 'utf8') }))
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

function annotationsOf(value: unknown): unknown[] {
  if (!isObject(value)) return []
  const page = isObject(value.first) ? value.first : value
  return Array.isArray(page.items) ? page.items : [value]
}

describe.skipIf(!present)(
  `samples of the W3C${present ? '' : ' (skipped: the shared test data are not beside the project)'}`,
  () => {
    it('takes all 45 correct ones, and says of each annotation what it is or why it cannot be attached', () => {
      const files = filesOf('correct')
      expect(files).toHaveLength(45)
      for (const { name, content } of files) {
        const file = readAnnotationFile(content)
        if (!file.ok) throw new Error(`${name}: ${file.message}`)
        expect(file.items.length, name).toBeGreaterThan(0)
        for (const item of file.items) {
          if (item.ok) continue
          expect({ name, refusal: item.refusal }).toEqual({ name, refusal: 'not-attachable' })
          expect(item.reason).toMatch(/\.$/)
        }
      }
    })

    it('refuses all 39 incorrect ones with the reason', () => {
      const files = filesOf('incorrect')
      expect(files).toHaveLength(39)
      for (const { name, content } of files) {
        const file = readAnnotationFile(content)
        if (!file.ok) expect(file.message, name).toMatch(/JSON/)
        else expect(file.items, name).toMatchObject([{ ok: false, refusal: 'malformed' }])
      }
    })

    it('refuses the incorrect ones for more than their ids', () => {
      // Most have two ids as well as what their label says; here they have one.
      const label = (content: string) => /"label": "([^"]*)"/.exec(content)?.[1] ?? ''
      const missed = filesOf('incorrect').flatMap(({ name, content }) => {
        const mended = content
          .replace('["http://example.org/1", "http://example.org/2"]', '"http://example.org/1"')
          .replaceAll(/,(\s*\})/g, '$1')
        const file = readAnnotationFile(mended)
        return file.ok && file.items.every((item) => item.ok || item.refusal !== 'malformed')
          ? [`${name}: ${label(content)}`]
          : []
      })
      // Taking one id away mends the sample about two ids; the other one misspells "language", so no rule reads its value.
      expect(missed.sort()).toEqual(['anno15.json: bad language', 'anno7.json: multiple identifiers'])
    })

    it('the 54 schemas of what must hold tell the samples apart', () => {
      const musts = loadMusts()
      expect(musts).toHaveLength(54)
      const broken = (value: unknown) => musts.filter(({ keeps }) => !keeps(value)).map(({ name }) => name)
      for (const { name, content } of filesOf('correct')) {
        if (/collection|example/.test(name) && name !== 'anno41-example44.json') continue
        expect({ name, broken: broken(parse(content)) }).toEqual({ name, broken: [] })
      }
      for (const { name, content } of filesOf('incorrect')) expect(broken(parse(content)), name).not.toEqual([])
    })

    it('every export keeps all 54', () => {
      const musts = loadMusts()
      fc.assert(
        fc.property(annotated, ({ revision, annotations }) => {
          const items = annotationsOf(JSON.parse(JSON.stringify(writeWebAnnotations(revision, annotations))))
          if (annotations.length > 0) expect(items).toHaveLength(annotations.length)
          for (const item of annotations.length > 0 ? items : [])
            for (const { name, keeps } of musts) expect(keeps(item), name).toBe(true)
        }),
        { numRuns: 100 },
      )
    })

    it('the findings of reports keep all 54, wherever their texts and addresses are known', () => {
      const musts = loadMusts()
      const inputs = makeReportInputs()
      const texts = new Map<string, string>()
      for (const { revisionId, adjudication } of inputs.documents) {
        let text = ''
        for (const claim of adjudication?.claims ?? []) {
          claim.exact = claim.exact.padEnd(claim.end - claim.start, '!')
          claim.disputed = true
          claim.partial = true
          for (const { reference } of claim.citations) reference.url = reference.id.endsWith('1') ? '' : 'no address'
          text = text.padEnd(claim.start) + claim.exact
        }
        texts.set(revisionId, text)
      }
      const documentAddresses = new Map(inputs.documents.map(({ id }) => [id, 'https://herald.example/a b?ü=1']))
      const placed = makeExportedReport(inputs, { texts, documentAddresses })
      expect(JSON.stringify(writeFindingAnnotations(placed)).match(/"TextPositionSelector"/g)).toHaveLength(
        placed.report.claims.assessed,
      )
      for (const exported of [makeExportedReport(), placed]) {
        const items = annotationsOf(JSON.parse(JSON.stringify(writeFindingAnnotations(exported))))
        expect(items).toHaveLength(exported.report.claims.assessed)
        for (const item of items) {
          const broken = musts.filter(({ keeps }) => !keeps(item)).map(({ name }) => name)
          expect({ item, broken }).toEqual({ item, broken: [] })
        }
      }
    })
  },
)
