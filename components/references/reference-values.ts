import { summariseCsl, normaliseDoi } from '@/lib/domain/references/summary'
import type { KeptFile, ReadText } from '@/lib/domain/references/kept-file'
import type { Csl, ReferenceView } from '@/lib/domain/references/schema'

/** The values of a reference's form, as typed. */
export interface ReferenceValues {
  type: string
  title: string
  /** One author per line: `Family, Given` for a person; a line without a comma is taken as it is. */
  authors: string
  container: string
  publisher: string
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  issued: string
  page: string
  doi: string
  url: string
  snapshotText: string
  /** The file that the text was read from; null when it was typed or pasted. */
  snapshotFile: KeptFile | null
}

/** The text fields of the form. */
export type ReferenceField = Exclude<keyof ReferenceValues, 'snapshotFile'>

export type ReferenceErrors = Partial<Record<ReferenceField, string>>

/** The types that the form offers, the usual ones first, with their labels. */
export const referenceTypeNames: Record<Csl['type'], string> = {
  webpage: 'Web page',
  'article-newspaper': 'Newspaper article',
  'article-journal': 'Journal article',
  report: 'Report',
  book: 'Book',
  chapter: 'Chapter of a book',
  dataset: 'Data set',
  document: 'Document',
  'article-magazine': 'Magazine article',
  'post-weblog': 'Blog post',
  post: 'Post',
  speech: 'Speech',
  interview: 'Interview',
  hearing: 'Hearing',
  legislation: 'Law',
  legal_case: 'Court case',
  motion_picture: 'Film or video',
  personal_communication: 'Letter or message',
  standard: 'Standard',
  thesis: 'Thesis',
}

const isType = (text: string): text is Csl['type'] => text in referenceTypeNames

/** The label of a type; an unknown type as it is. */
export function typeInWords(type: string): string {
  return isType(type) ? referenceTypeNames[type] : type
}

/** The values of an empty form. */
export const emptyReference: ReferenceValues = {
  type: 'webpage',
  title: '',
  authors: '',
  container: '',
  publisher: '',
  issued: '',
  page: '',
  doi: '',
  url: '',
  snapshotText: '',
  snapshotFile: null,
}

/** The values that a file gives a form: its text, and those details of the reference that are still empty. */
export function valuesOfFile(
  values: ReferenceValues,
  { text, file, title, author, publishedOn }: ReadText,
): Partial<ReferenceValues> {
  return {
    snapshotText: text,
    snapshotFile: file,
    ...(values.title === '' ? { title } : {}),
    ...(values.authors === '' ? { authors: author } : {}),
    ...(values.issued === '' ? { issued: publishedOn ?? '' } : {}),
  }
}

/** The kept text of a form, as it is sent. */
export function keptTextOf({ snapshotText, snapshotFile }: ReferenceValues) {
  return snapshotText === '' ? { snapshotText: null, snapshotFile: null } : { snapshotText, snapshotFile }
}

function nameInWords(name: NonNullable<Csl['author']>[number]): string {
  if (name.literal !== undefined) return name.literal
  return [name.family, name.given].filter((part) => part !== undefined && part !== '').join(', ')
}

/** The form's values for a stored reference. */
export function valuesOfReference({
  csl,
  snapshotText,
  snapshotFile,
}: Pick<ReferenceView, 'csl' | 'snapshotText' | 'snapshotFile'>): ReferenceValues {
  const summary = summariseCsl(csl)
  return {
    type: csl.type,
    title: csl.title,
    authors: (csl.author ?? []).map(nameInWords).join('\n'),
    container: csl['container-title'] ?? '',
    publisher: csl.publisher ?? '',
    issued: summary.issued,
    page: csl.page ?? '',
    doi: csl.DOI ?? '',
    url: csl.URL ?? '',
    snapshotText: snapshotText ?? '',
    snapshotFile,
  }
}

function authorOf(line: string): NonNullable<Csl['author']>[number] {
  const [family = '', ...given] = line.split(',').map((part) => part.trim())
  return given.length === 1 && given[0] !== undefined && given[0] !== '' && family !== ''
    ? { family, given: given[0] }
    : { literal: line }
}

const datePattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

function dateOf(text: string): NonNullable<Csl['issued']> | null {
  const match = datePattern.exec(text)
  if (match === null) return null
  // Groups that did not match are undefined, although the type of a match says otherwise.
  return { 'date-parts': [match.slice(1).filter(Boolean).map(Number)] }
}

/** Problems that the server would refuse as well, by field; empty when there are none. */
export function problemsOf(values: ReferenceValues): ReferenceErrors {
  const problems: ReferenceErrors = {}
  if (values.title.trim() === '') problems.title = 'Give the title.'
  const issued = values.issued.trim()
  const [month = 1, day = 1] = issued.split('-').slice(1).map(Number)
  if (issued !== '' && !datePattern.test(issued)) problems.issued = 'Write a date as 2025, 2025-03 or 2025-03-14.'
  else if (
    issued !== '' &&
    (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(Number(issued.slice(0, 4)), month, 0)).getUTCDate())
  )
    problems.issued = 'The calendar has no such day.'
  const url = values.url.trim()
  if (url !== '' && !(/^https?:\/\//i.test(url) && URL.canParse(url)))
    problems.url = 'Write a web address in full, such as https://example.org/page.'
  const doi = normaliseDoi(values.doi)
  if (doi !== '' && !/^10\.\d{4,9}\/\S+$/.test(doi))
    problems.doi = 'A DOI begins with 10. and has a slash, such as 10.1000/182.'
  return problems
}

/**
 * The CSL-JSON of the form. Fields that the form does not show are kept from `base`, and empty ones are left out. The values must have passed the
 * checks.
 */
export function cslOfValues(values: ReferenceValues, base?: Csl): Csl {
  const text = {
    'container-title': values.container.trim(),
    publisher: values.publisher.trim(),
    page: values.page.trim(),
    DOI: normaliseDoi(values.doi),
    URL: values.url.trim(),
  }
  const authors = values.authors
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(authorOf)
  const issued = dateOf(values.issued.trim())
  const kept: Partial<Csl> = { ...base }
  for (const shown of ['author', 'issued', ...Object.keys(text)]) Reflect.deleteProperty(kept, shown)
  return {
    ...kept,
    type: isType(values.type) ? values.type : 'document',
    title: values.title.trim(),
    ...(authors.length === 0 ? {} : { author: authors }),
    ...(issued === null ? {} : { issued }),
    ...Object.fromEntries(Object.entries(text).filter(([, value]) => value !== '')),
  }
}

const fieldOfPath: Record<string, ReferenceField> = {
  type: 'type',
  title: 'title',
  author: 'authors',
  'container-title': 'container',
  publisher: 'publisher',
  issued: 'issued',
  page: 'page',
  DOI: 'doi',
  URL: 'url',
  snapshotText: 'snapshotText',
  snapshotFile: 'snapshotText',
}

/** The server's refusals by field of the form; those that belong to no field are left to the caller. */
export function errorsOfFields(fields: readonly { path: string; message: string }[]): ReferenceErrors {
  const errors: ReferenceErrors = {}
  for (const { path, message } of fields) {
    const [first = '', second = ''] = path.split('.')
    const field = fieldOfPath[first === 'csl' ? second : first]
    if (field !== undefined) errors[field] ??= message
  }
  return errors
}
