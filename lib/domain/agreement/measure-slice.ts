/** Computes a slice's figures with the data behind each: n, what was left out, and the reason where a figure is undefined. */
import { ratings } from '../annotations/rating'
import { jackknifeInterval, whyNoInterval } from './jackknife'
import {
  cellOf,
  comparedOf,
  figureNames,
  rawAgreementOf,
  rowSum,
  writeFigures,
  type FigureName,
  type SliceSums,
} from './figures'
import type { Figure, LeftOut, MissingReason, Slice } from './schema'
import { boundaryErrorOf } from './match-spans'
import { labelCount, pair, ratingCount, team } from './statistics'

/** A slice's sums with the facts that the sums do not contain. */
export interface SliceFacts {
  sums: SliceSums
  /** The index of the rating, in a slice of that rating against all others. */
  rating: number | null
  raters: number
  /** Documents that fewer than two reviewers read, which are not compared. */
  documentsReadOnce: number
  /** Each figure without each document, in the order of `figureNames`; null where no document was left out. */
  leftOut: readonly Float64Array[] | null
  /** For each figure the documents that have something to compare. */
  compared: readonly ComparedDocument[][]
}

/** A document with something to compare: its index among the documents left out in turn, and its number of claims for the figure. */
interface ComparedDocument {
  place: number
  claims: number
}

/** For each figure the documents that have something to compare. `documents` are slices; null for a document that is not part of the measurement. */
export function compareDocuments(documents: readonly (SliceSums | null)[]): ComparedDocument[][] {
  return figureNames.map((name) =>
    documents.flatMap((slice, place) =>
      slice !== null && comparedOf(name, slice).pairable > 0 ? [{ place, claims: claimsBehind(name, slice) }] : [],
    ),
  )
}

function plural(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`
}

function unitOf(name: FigureName): Figure['unit'] {
  switch (name) {
    case 'labelAlpha':
    case 'labelAlphaWithUnmarked':
    case 'ac1':
      return 'claims'
    case 'boundaryAlpha':
    case 'unitizingAlpha':
    case 'codedAlpha':
      return 'characters'
    case 'kappa':
    case 'characterF1':
    case 'exactF1':
      return 'pairs'
  }
}

function marksAnything({ team: row }: SliceSums): boolean {
  return (row[team.claims] ?? 0) > 0
}

function reasonOf(name: FigureName, { sums }: SliceFacts, raw: number | null): MissingReason {
  if ((sums.team[team.documents] ?? 0) === 0) {
    return { code: 'too-few-reviewers', says: 'Nobody else read the same text, so there is nothing to compare.' }
  }
  if (!marksAnything(sums)) return { code: 'nothing-marked', says: 'Nobody marked anything here.' }
  if (name === 'characterF1' || name === 'exactF1') {
    return { code: 'nothing-marked', says: 'No two reviewers marked anything of this kind.' }
  }
  const { pairable } = comparedOf(name, sums)
  if (pairable === 0) {
    const what = name === 'codedAlpha' ? 'No stretch of text' : 'No claim'
    return { code: 'nothing-shared', says: `${what} was marked by two reviewers.` }
  }
  const plain = raw === null ? '' : ` Plain agreement is ${percent(raw)}.`
  return {
    code: 'no-variation',
    says: `Everything compared was judged the same way, so agreement beyond chance cannot be told from luck.${plain}`,
  }
}

function leftOutOf(name: FigureName, { sums, documentsReadOnce }: SliceFacts, defined: number): LeftOut[] {
  const leftOut: LeftOut[] = []
  if (documentsReadOnce > 0) {
    leftOut.push({
      what: 'documents-read-once',
      count: documentsReadOnce,
      says: `${plural(documentsReadOnce, 'document was', 'documents were')} not submitted by two reviewers.`,
    })
  }
  const once = (sums.team[team.claims] ?? 0) - (sums.team[team.coMarkedClaims] ?? 0)
  if (once > 0 && (name === 'labelAlpha' || name === 'ac1' || name === 'kappa')) {
    leftOut.push({
      what: 'claims-marked-once',
      count: once,
      says: `${plural(once, 'claim was', 'claims were')} marked by one reviewer only.`,
    })
  }
  const without = sums.pairs.length - defined
  if (unitOf(name) === 'pairs' && without > 0) {
    leftOut.push({
      what: 'pairs-without-figure',
      count: without,
      says: `${plural(without, 'pair of reviewers has', 'pairs of reviewers have')} no such figure.`,
    })
  }
  return leftOut
}

/** The number of pairs of reviewers for which a figure is defined. */
function definedPairs(place: number, { sums, rating }: SliceFacts): number {
  const out = new Float64Array(figureNames.length)
  return sums.pairs.filter((row) => {
    writeFigures({ team: sums.team, pairs: [row] }, { rating, out, offset: 0 })
    return !Number.isNaN(out[place] ?? Number.NaN)
  }).length
}

/** The number of claims behind a figure of a slice: those that two marked, or all claims for figures that count unmarked ones. */
function claimsBehind(name: FigureName, { team: row }: SliceSums): number {
  switch (name) {
    case 'labelAlpha':
    case 'codedAlpha':
    case 'ac1':
    case 'kappa':
      return cellOf(row, team.coMarkedClaims)
    case 'labelAlphaWithUnmarked':
    case 'boundaryAlpha':
    case 'unitizingAlpha':
    case 'characterF1':
    case 'exactF1':
      return cellOf(row, team.claims)
  }
}

/** The lowest possible value of a figure. F1 has no correction for chance, so it is never below 0. */
function lowestOf(name: FigureName): number {
  return name === 'characterF1' || name === 'exactF1' ? 0 : -1
}

/** The probability that two random draws from these amounts differ; with `place`, that one is of that index and the other is not. */
function differenceByChance(amounts: readonly number[], place: number | null): number {
  const all = amounts.reduce((sum, amount) => sum + amount, 0)
  if (all === 0) return 0
  const parts = place === null ? amounts : [amounts[place] ?? 0, all - (amounts[place] ?? 0)]
  return 1 - parts.reduce((sum, part) => sum + (part / all) ** 2, 0)
}

/**
 * The probability that two ratings differ by chance alone, given how common each is. The interval of full agreement divides by it. 1 for the F1
 * figures.
 */
function chanceDisagreementOf(name: FigureName, { team: row }: SliceSums, rating: number | null): number {
  const amounts = (offset: number, size: number, count = size) =>
    Array.from({ length: count }, (_, place) => rowSum(row, offset + place * size, count))
  switch (name) {
    case 'labelAlpha':
    case 'kappa':
      return differenceByChance(amounts(team.coMarked, ratingCount), rating)
    case 'ac1': {
      const labels = amounts(team.coMarked, ratingCount)
      // Gwet's chance agreement is 1 / (q − 1) of that for a scale of q ratings.
      return 1 - differenceByChance(labels, rating) / (rating === null ? ratingCount - 1 : 1)
    }
    case 'labelAlphaWithUnmarked':
      return differenceByChance(amounts(team.withUnmarked, labelCount), rating)
    case 'boundaryAlpha':
      return differenceByChance(amounts(team.continuum, labelCount), rating ?? ratingCount)
    case 'unitizingAlpha':
      return differenceByChance(amounts(team.continuum, labelCount), rating)
    case 'codedAlpha':
      return differenceByChance(amounts(team.continuum, labelCount, ratingCount), rating)
    case 'characterF1':
    case 'exactF1':
      return 1
  }
}

const documentNoun = { one: 'document', many: 'documents' }

/** The interval of a figure, or the reason for its absence. */
function intervalOf(
  name: FigureName,
  place: number,
  facts: SliceFacts & { value: number | null },
): Pick<Figure, 'interval' | 'intervalReason'> {
  const { value, leftOut, sums, rating } = facts
  const compared = facts.compared[place] ?? []
  const without = leftOut?.[place]
  const figures = compared.map((document) => without?.[document.place] ?? Number.NaN)
  const intervalReason = () => whyNoInterval({ value, leftOut: figures }, documentNoun)
  if (value === null || without === undefined) return { interval: null, intervalReason: intervalReason() }
  const interval = jackknifeInterval({
    value,
    leftOut: figures,
    claims: compared.map(({ claims }) => claims),
    chanceDisagreement: chanceDisagreementOf(name, sums, rating),
    lowest: lowestOf(name),
  })
  return { interval, intervalReason: interval === null ? intervalReason() : null }
}

function measureFigure(name: FigureName, place: number, facts: SliceFacts & { value: number }): Figure {
  const { sums, rating, raters } = facts
  const value = Number.isNaN(facts.value) ? null : facts.value
  const unit = unitOf(name)
  const defined = unit === 'pairs' ? definedPairs(place, facts) : 0
  const { n, pairable } = comparedOf(name, sums)
  const raw = rawAgreementOf(name, sums, rating)
  return {
    value,
    reason: value === null ? reasonOf(name, facts, raw) : null,
    unit,
    n: unit === 'pairs' ? defined : Math.round(n),
    pairable: Math.round(pairable),
    leftOut: leftOutOf(name, facts, defined),
    raters,
    rawAgreement: raw,
    ...intervalOf(name, place, { ...facts, value }),
  }
}

function sumOfRow(row: Float64Array, offset: number, size: number): number {
  return Math.round(row.subarray(offset, offset + size).reduce((sum, value) => sum + value, 0))
}

function prevalenceOf({ sums: { team: row }, rating }: SliceFacts): Slice['prevalence'] {
  return [...ratings, 'not_marked' as const].flatMap((category, place) => {
    if (rating !== null && place !== rating) return []
    const coMarked = place === ratingCount ? 0 : sumOfRow(row, team.coMarked + place * ratingCount, ratingCount)
    return [{ category, coMarked, all: sumOfRow(row, team.withUnmarked + place * labelCount, labelCount) }]
  })
}

function boundaryOf({ sums, rating }: SliceFacts): Slice['boundaryError'] {
  // Matched spans may have different ratings, so they belong to no single rating.
  if (rating !== null) return null
  const add = (place: number) => sums.pairs.reduce((sum, row) => sum + (row[place] ?? 0), 0)
  return boundaryErrorOf({ matched: add(pair.matched), startError: add(pair.startError), endError: add(pair.endError) })
}

/** All figures of a slice, with n, what was left out, raw agreement, interval and reasons. */
export function measureSlice(facts: SliceFacts): Slice {
  const out = new Float64Array(figureNames.length)
  writeFigures(facts.sums, { rating: facts.rating, out, offset: 0 })
  const figure = (name: FigureName): Figure => {
    const place = figureNames.indexOf(name)
    return measureFigure(name, place, { ...facts, value: out[place] ?? Number.NaN })
  }
  return {
    labelAlpha: figure('labelAlpha'),
    labelAlphaWithUnmarked: figure('labelAlphaWithUnmarked'),
    boundaryAlpha: figure('boundaryAlpha'),
    unitizingAlpha: figure('unitizingAlpha'),
    codedAlpha: figure('codedAlpha'),
    ac1: figure('ac1'),
    kappa: figure('kappa'),
    characterF1: figure('characterF1'),
    exactF1: figure('exactF1'),
    boundaryError: boundaryOf(facts),
    prevalence: prevalenceOf(facts),
  }
}
