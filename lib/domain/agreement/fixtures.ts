/** Published data for the tests of this folder: numbers only, each with its source. Only tests import this. */
import type { RatedUnit } from './krippendorff'

/** Turns strings into units of value indexes by the given alphabet: one string per coder, one character per unit, `*` for no rating. */
export function readCoders(coders: readonly string[], alphabet: string): RatedUnit[] {
  return Array.from(coders[0] ?? '', (_, unit) =>
    coders.map((coder) => {
      const place = alphabet.indexOf(coder.charAt(unit))
      return place === -1 ? null : place
    }),
  )
}

/** Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C: 4 coders, 12 units, 5 values. */
export const krippendorff2011 = readCoders(['123321412***', '1233224125*3', '*3332342251*', '12332441251*'], '12345')

/** Krippendorff 2004, p. 224 (2011, section A): 2 coders, 10 units, 2 values. */
export const krippendorffBinary = readCoders(['0100000010', '1110010000'], '01')

/** Krippendorff 2011, section B: 2 coders, 12 units, 5 values. */
export const krippendorffNominal = readCoders(['aabbdcccedda', 'babbbccceddd'], 'abcde')

/** Wikipedia, "Krippendorff's alpha": 3 coders, 15 units, values 1 to 4. */
export const wikipediaAlpha = readCoders(['*****34121133*3', '1*213343*******', '**21344*21133*4'], '1234')

/** Hayes and Krippendorff 2007, p. 84: 40 units, 5 coders, values 0 to 3; one string per unit. */
export const hayesKrippendorff2007 = [
  '112*2 1101* 2333* *00*0 000*0 000*0 102*1 1*20* 222*2 2111* *100* 0000* 1222* 33223 111*1 111*1 212*2 1233* 1101* 000*0',
  '0011* 00*00 2333* 0000* 12*22 0111* 00010 1212* 1122* 112*2 110*0 2121* 22*22 3222* 222*2 223*2 222*2 22*12 2222* 111*1',
].flatMap((line) =>
  line.split(' ').map((unit): RatedUnit => Array.from(unit, (value) => (value === '*' ? null : Number(value)))),
)

/** Fleiss 1971, p. 379: 30 patients, 6 raters each, 5 diagnoses; one string per patient. */
const diagnoses = [
  '444444 222555 233335 555555 222444 113333 333355 113334 114444 555555',
  '144444 124444 222333 144444 224445 333335 111455 111112 224444 133555',
  '555555 244444 224555 114444 144445 222224 111155 224444 133333 555555',
]

/** See `diagnoses`: counts of the five categories, patient by patient. */
export const fleiss1971 = diagnoses
  .flatMap((line) => line.split(' '))
  .map((item) => [1, 2, 3, 4, 5].map((value) => Array.from(item).filter((rating) => Number(rating) === value).length))

/** Wikipedia, "Fleiss' kappa": 10 subjects, 14 raters, 5 categories. */
export const wikipediaFleiss = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
]

/** Cohen 1960, p. 45, and p. 37. */
export const cohenPage45 = [
  [88, 14, 18],
  [10, 40, 10],
  [2, 6, 12],
]
/** See `cohenPage45`. */
export const cohenPage37 = [
  [25, 12, 3],
  [13, 2, 15],
  [12, 16, 2],
]

/** The table of a printed SAS example, as quoted in the tests of statsmodels. */
export const sasTable = [
  [0, 4, 1],
  [0, 8, 0],
  [0, 1, 5],
]

/** Artstein and Poesio 2008, the example of section 2. */
export const artsteinPoesio2008 = [
  [20, 10],
  [20, 50],
]

/** The paradox of Feinstein and Cicchetti in a table like Gwet's: high agreement, one rare category. */
export const skewedTable = [
  [80, 7],
  [8, 5],
]

/** A table of two raters as units. */
export function unitsOfTable(table: readonly (readonly number[])[]): RatedUnit[] {
  return table.flatMap((row, i) => row.flatMap((count, j) => Array.from({ length: count }, () => [i, j])))
}

/** A table of two raters as counts by category, unit by unit. */
export function countsOfTable(table: readonly (readonly number[])[]): number[][] {
  return unitsOfTable(table).map((unit) => table.map((_, place) => unit.filter((value) => value === place).length))
}
