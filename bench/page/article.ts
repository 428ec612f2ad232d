const subjects = [
  'The harbour office',
  'A survey of the valley',
  'The council of Arnvik',
  'The oldest ferry',
  'Every third household',
  'The northern line',
]
const verbs = ['reported', 'lost', 'counted', 'planned', 'repaired', 'closed']
const objects = [
  '212 metres of wall',
  'two of its seven boats',
  'nearly 4,000 visitors',
  'the road along the lake',
  'half of the winter timetable',
  'a new kind of lamp',
]
const times = [
  'in 1961',
  'last spring',
  'before the bridge was opened',
  'within nine years',
  'on 30 November',
  'against the advice of its engineers',
]

/** An article of about the given number of words: headings, and paragraphs of five plain sentences. The same each time. */
export function writeArticle(words: number): string {
  const parts: string[] = []
  let count = 0
  for (let paragraph = 0; count < words; paragraph += 1) {
    if (paragraph % 8 === 0) parts.push(`Part ${String(paragraph / 8 + 1)} of the record`)
    const sentences = Array.from({ length: 5 }, (_, at) => {
      const pick = (list: readonly string[], step: number) =>
        list[(paragraph * step + at * (step + 2)) % list.length] ?? ''
      return `${pick(subjects, 1)} ${pick(verbs, 5)} ${pick(objects, 7)} ${pick(times, 11)}.`
    })
    const text = sentences.join(' ')
    count += text.split(' ').length
    parts.push(text)
  }
  return parts.join('\n\n')
}
