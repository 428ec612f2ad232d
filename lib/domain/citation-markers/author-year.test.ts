import { describe, expect, test } from 'vitest'
import type { BlockNode } from '../text/model'
import { readCitationMarkers } from './citation-markers'

const paragraph = (text: string): BlockNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })

/** A paragraph over a list of references without numbers. */
function read(text: string, entries: readonly string[]) {
  const list = entries.map((entry): BlockNode => ({
    type: 'paragraph',
    attrs: { scope: 'reference-list' },
    content: [{ type: 'text', text: entry }],
  }))
  return readCitationMarkers({ type: 'doc', content: [paragraph(text), ...list] })
}

/** Each marker as "marker: first words of its entries", with what is missing behind a question mark. */
function said(text: string, entries: readonly string[]): string[] {
  return read(text, entries).markers.map(
    (marker) =>
      `${marker.label}: ${[...marker.entries.map(({ words }) => words.slice(0, words.indexOf('.', 15))), ...marker.unresolved.map((each) => `?${each}`)].join(' + ')}`,
  )
}

const list = [
  'Meyer, A. (2019). Piers that sink. Harbour Press.',
  'Meyer, A., & Ito, B. (2019). Tides at night. Journal of Ports, 4(2), 1901–1950.',
  'Meyer, A., Ito, B., & Okafor, C. (2020a). Cranes. Harbour Press.',
  'Meyer, A., Ito, B., & Okafor, C. (2020b). Locks. Harbour Press.',
  'World Harbour Organization. (2021). Yearly report. https://who.example/2018/report',
  'van der Berg, D. (n.d.). Ropes and knots. Retrieved 4 May 2022.',
  'O’Neill, É. (1998). Ferries, 1900–1950. Pier Books.',
]

describe('a citation by author and year', () => {
  test.each<[string, string[]]>([
    ['Piers sink (Meyer 2019).', ['(Meyer 2019): Meyer, A. (2019)']],
    ['Piers sink (Meyer, 2019, p. 4).', ['(Meyer, 2019, p. 4): Meyer, A. (2019)']],
    ['Piers sink (MEYER 2019: 12–14).', ['(MEYER 2019: 12–14): Meyer, A. (2019)']],
    ['As Meyer (2019) says, piers sink.', ['Meyer (2019): Meyer, A. (2019)']],
    ['In Meyer’s (2019, p. 4) words.', ['Meyer’s (2019, p. 4): Meyer, A. (2019)']],
    ['Meyer & Ito (2019) differ.', ['Meyer & Ito (2019): Meyer, A., & Ito, B']],
    ['However, Meyer and Ito (2019) differ.', ['Meyer and Ito (2019): Meyer, A., & Ito, B']],
    ['It rises (see Meyer und Ito 2019).', ['(see Meyer und Ito 2019): Meyer, A., & Ito, B']],
    ['It lifts (Meyer et al. 2020b).', ['(Meyer et al. 2020b): Meyer, A., Ito, B']],
    ['Meyer, Ito, and Okafor (2020a) lift.', ['Meyer, Ito, and Okafor (2020a): Meyer, A., Ito, B']],
    [
      'It lifts (Meyer et al., 2020a, b; World Harbour Organization 2021).',
      [
        '(Meyer et al., 2020a, b; World Harbour Organization 2021): Meyer, A., Ito, B + Meyer, A., Ito, B + World Harbour Organization',
      ],
    ],
    ['It is tied [van der Berg n.d.].', ['[van der Berg n.d.]: van der Berg, D']],
    ['Van der Berg (n.d.) ties.', ['Van der Berg (n.d.): van der Berg, D']],
    ["It crosses (O'Neill 1998).", ["(O'Neill 1998): O’Neill, É. (1998)"]],
    ['It lifts (Meyer 2019; Okafor 2017).', ['(Meyer 2019; Okafor 2017): Meyer, A. (2019) + ?Okafor 2017']],
  ])('%s', (text, markers) => {
    expect(said(text, list)).toEqual(markers)
  })

  test.each<[string, string]>([
    ['another year', 'Piers sink (Meyer 2018).'],
    ['a letter that the entry lacks', 'Piers sink (Meyer 2019a).'],
    ['a letter that the marker lacks', 'It lifts (Meyer et al. 2020).'],
    ['fewer authors than the entry', 'It lifts (Meyer & Ito 2020a).'],
    ['an author of another', 'It lifts (Ito 2019).'],
    ['an author beside one that is not listed', 'Lee and Meyer (2019) differ.'],
    ['an author at the end of a list', 'Lee, Meyer, and Ito (2019) differ.'],
    ['a month', 'Piers sank (May 2019).'],
    ['a year of a title', 'Ferries crossed (O’Neill 1950).'],
    ['a part of a name', 'Reports came (World 2021).'],
    ['a year of an address', 'Reports came (World Harbour Organization 2018).'],
    ['a sentence in brackets', 'Piers sink (as Meyer wrote in 2019).'],
    ['years alone', 'The first harbour (2019) and the second (1998) froze.'],
  ])('with %s has no entry', (_, text) => {
    expect(read(text, list).markers).toEqual([])
  })

  test('that two entries fit has none', () => {
    expect(read('Piers sink (Meyer 2019).', [...list, 'Meyer, Z. (2019). Other piers.']).markers).toEqual([])
  })

  test.each<[string, string, string]>([
    ['year behind the names', 'Anna Meyer and Ben Ito. 2019. Piers that sink. Harbour Press.', '(Meyer and Ito 2019)'],
    ['given names behind the first', 'Meyer, Anna, and Ben Ito. 2019. Piers that sink.', '(Meyer and Ito 2019)'],
    ['year at the end', 'Meyer A, Ito B. The piers of 1974. J Ports 2019;12:1901–10.', '(Meyer & Ito 2019)'],
    ['editors', 'Meyer, A. & Ito, B. (eds.) (2019): Piers that sink.', '(Meyer & Ito 2019)'],
    ['full given name', 'Meyer, Anna. 2019. Piers that sink.', '(Meyer 2019)'],
    ['other authors left out', 'Meyer A, et al. (2019). Piers that sink.', '(Meyer et al. 2019)'],
    ['a number of its own', '4. Meyer A (2019) Piers that sink.', '(Meyer 2019)'],
    ['another script', 'Майер А. (2019). Причалы.', '(Майер 2019)'],
    ['names without capitals', '田中太郎（2019）『港の歴史』', '（田中太郎 2019）'],
  ])('knows an entry with %s', (_, entry, marker) => {
    expect(read(`Piers sink ${marker}.`, [entry]).markers).toMatchObject([
      { label: marker, entries: [{ end: expect.any(Number) as number }] },
    ])
  })

  test('takes a dash at the start of an entry for the authors of the one before', () => {
    const { markers } = read('Piers sink (Meyer 2021).', [list[0] ?? '', '———. (2021). More piers.'])
    expect(markers.map(({ entries }) => entries.map(({ words }) => words))).toEqual([['———. (2021). More piers.']])
  })

  test('is listed without an entry where the text cites so, and nowhere else', () => {
    const lone = read('It sank (Meyer 2019). It rose (Okafor 2017).', list).markers
    expect(lone.map(({ label }) => label)).toEqual(['(Meyer 2019)'])
    const many = read('It sank (Meyer 2019). It rose (Okafor 2017). It lifts (Meyer et al. 2020a).', list)
    expect(many.markers.flatMap(({ unresolved }) => unresolved)).toEqual(['Okafor 2017'])
    // What nobody cites is listed, too.
    expect(many.dangling.map(({ words }) => words.slice(0, 8))).toEqual([
      'Meyer, A',
      'Meyer, A',
      'World Ha',
      'van der ',
      'O’Neill,',
    ])
  })

  test('does not begin in the entry itself', () => {
    const note: BlockNode = {
      type: 'note',
      attrs: { label: '1', scope: 'reference-list' },
      content: [{ type: 'text', text: 'Meyer (2019). Piers that sink.' }],
    }
    expect(readCitationMarkers({ type: 'doc', content: [paragraph('It sank.'), note] }).markers).toEqual([])
  })
})
