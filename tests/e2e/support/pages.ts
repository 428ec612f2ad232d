import { readdirSync } from 'node:fs'
import { root } from './start-app'

type Role = 'owner' | 'lead' | 'reviewer' | 'viewer'

/** Ids of the rows that pages show. An empty source has no document; a session's id is under its state. */
export interface ShownIds {
  source: string
  emptySource: string
  document: string
  batch: string
  persian: string
  reference: string
  draft: string
  active: string
  adjudication: string
  report: string
}

/** An address to open, and the people who see it; all others get the page for unknown addresses. Without `only`, everyone sees it. */
export interface Place {
  path: string
  only?: readonly Role[]
}

const editors = ['owner', 'lead', 'reviewer'] as const
const leads = ['owner', 'lead'] as const

/** All pages for people who are signed in, in each of their states. A new page needs an entry here. */
export function placesOf(ids: ShownIds): Place[] {
  const { source, emptySource, document, batch, persian, reference, draft, active, adjudication, report } = ids
  return [
    { path: '/' },
    { path: '/inbox' },
    { path: '/documents' },
    { path: '/documents?q=nothing+of+that+name' },
    { path: '/documents/import', only: leads },
    { path: '/documents/batches', only: leads },
    { path: `/documents/batches/${batch}`, only: leads },
    { path: `/documents/${document}` },
    { path: `/documents/${document}/changes` },
    { path: `/documents/${document}/revise`, only: leads },
    { path: `/documents/${persian}` },
    { path: '/sources' },
    { path: `/sources/${source}` },
    { path: `/sources/${emptySource}` },
    { path: `/sources/${source}/report` },
    { path: `/sources/${emptySource}/report?against=${source}` },
    { path: `/reports/${report}` },
    { path: '/references' },
    { path: '/references/new', only: editors },
    { path: `/references/${reference}` },
    { path: `/references/${reference}/edit`, only: editors },
    { path: '/review-sessions' },
    { path: `/review-sessions/${draft}`, only: leads },
    { path: `/review-sessions/${active}`, only: editors },
    { path: `/review-sessions/${active}/adjudication`, only: editors },
    { path: `/review-sessions/${active}/agreement`, only: editors },
    { path: `/review-sessions/${adjudication}`, only: editors },
    { path: `/review-sessions/${adjudication}/adjudication`, only: editors },
    { path: `/review-sessions/${adjudication}/agreement`, only: editors },
    { path: `/review-sessions/${adjudication}/comparison`, only: editors },
    { path: '/settings' },
    { path: '/settings/members' },
    { path: '/settings/tokens' },
    { path: '/settings/workspace' },
    { path: '/docs/api' },
  ]
}

/** All pages for people who are not signed in. Valid one-time links are given as paths. */
export function publicPlacesOf(links: {
  setUp: string
  invite: string
  newPassword: string
  published: string
}): string[] {
  const { setUp, invite, newPassword, published } = links
  return [
    '/sign-in',
    '/forgot-password',
    '/receive-page',
    '/verify',
    '/finished-ratings',
    setUp,
    invite,
    newPassword,
    published,
  ]
}

/** The pages with an id in their address, each of which shows a row that may be of another workspace. */
export function placesOfRows({
  source,
  document,
  batch,
  reference,
  session,
  report,
}: Record<'source' | 'document' | 'batch' | 'reference' | 'session' | 'report', string>): string[] {
  return [
    `/documents/${document}`,
    `/documents/batches/${batch}`,
    `/documents/${document}/changes`,
    `/documents/${document}/revise`,
    `/sources/${source}`,
    `/sources/${source}/report`,
    `/reports/${report}`,
    `/references/${reference}`,
    `/references/${reference}/edit`,
    `/review-sessions/${session}`,
    `/review-sessions/${session}/adjudication`,
    `/review-sessions/${session}/agreement`,
    `/review-sessions/${session}/comparison`,
  ]
}

/** The folders of the application that hold a page, as address patterns: `/sources/[id]/report`. */
export function pageFolders(folder = 'app', address = ''): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return entry.name === 'page.tsx' ? [address === '' ? '/' : address] : []
    const step = entry.name.startsWith('(') ? '' : `/${entry.name}`
    return pageFolders(`${folder}/${entry.name}`, address + step)
  })
}

/** The page that serves an address: a folder of exactly that name comes before one that takes any id. Null when there is none. */
export function pageAt(path: string, folders: readonly string[]): string | null {
  const steps = path.replace(/[?#].*$/, '').split('/')
  const fitting = folders.filter((folder) => {
    const wanted = folder.split('/')
    return wanted.length === steps.length && wanted.every((step, at) => step.startsWith('[') || step === steps[at])
  })
  return fitting.sort((a, b) => a.split('[').length - b.split('[').length)[0] ?? null
}
