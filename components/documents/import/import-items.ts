import type { ImportOrigin } from '@/lib/client/api/imports'
import { maxBytesOf, nameFormats } from '@/lib/domain/documents/import-formats'
import type { DocumentView, ImportPreview } from '@/lib/domain/documents/schema'
import type { DetailErrors, DetailValues } from '../details'

/** One text before it is stored. `id` becomes the document's id where the server accepts one. */
export interface ImportItem {
  id: string
  origin: ImportOrigin
  /** The file's name, the address, or the label of a paste. */
  name: string
  /** Null for a page that is not fetched yet. */
  bytes: number | null
  state: ItemState
}

export type ItemState =
  | { is: 'waiting' }
  | { is: 'reading' }
  /** Cannot be imported; `retry` when another try may work. */
  | { is: 'refused'; message: string; retry: boolean }
  | ReadyState
  | (Omit<ReadyState, 'is'> & { is: 'storing' })
  | { is: 'stored'; document: DocumentView }

/** Was read, and can be looked at and corrected. */
export interface ReadyState {
  is: 'ready'
  preview: ImportPreview
  values: DetailValues
  errors: DetailErrors
  /** Why storing it failed the last time. */
  refusal: string | null
  /** Whether to store it. False at first for a text that is already here. */
  included: boolean
}

export type ItemAction =
  | { type: 'add'; items: ImportItem[] }
  | { type: 'remove'; id: string }
  | { type: 'reading'; id: string }
  /** An encoding was chosen, and the file is read again with it. */
  | { type: 'decode'; id: string; origin: ImportOrigin }
  | { type: 'read'; id: string; preview: ImportPreview }
  /** Was read with the rules of the chosen language. */
  | { type: 'recount'; id: string; preview: ImportPreview }
  | { type: 'refuse'; id: string; message: string; retry: boolean }
  | { type: 'edit'; id: string; values: DetailValues }
  | { type: 'include'; id: string; included: boolean }
  | { type: 'invalid'; id: string; errors: DetailErrors; refusal: string | null }
  | { type: 'duplicate'; id: string; existing: { id: string; title: string } }
  | { type: 'storing'; id: string }
  | { type: 'stored'; id: string; document: DocumentView }

function stateAfter(state: ItemState, action: ItemAction): ItemState {
  switch (action.type) {
    case 'reading':
      return { is: 'reading' }
    case 'read': {
      const { title, author, publishedOn, language, url, existing } = action.preview
      return {
        is: 'ready',
        preview: action.preview,
        values: {
          title,
          author,
          publishedOn: publishedOn ?? '',
          language: language === 'und' ? '' : language,
          url,
        },
        errors: {},
        refusal: null,
        included: existing === null,
      }
    }
    case 'recount': {
      if (state.is !== 'ready') return state
      const { sentenceCount, summary } = action.preview
      return { ...state, preview: { ...state.preview, sentenceCount, summary } }
    }
    case 'refuse':
      return { is: 'refused', message: action.message, retry: action.retry }
    case 'stored':
      return { is: 'stored', document: action.document }
    case 'edit':
      return state.is === 'ready' ? { ...state, values: action.values, errors: {}, refusal: null } : state
    case 'include':
      return state.is === 'ready' ? { ...state, included: action.included, refusal: null } : state
    case 'invalid':
      return state.is === 'ready' || state.is === 'storing'
        ? { ...state, is: 'ready', errors: action.errors, refusal: action.refusal }
        : state
    case 'duplicate': {
      if (state.is !== 'ready' && state.is !== 'storing') return state
      return { ...state, is: 'ready', preview: { ...state.preview, existing: action.existing }, included: false }
    }
    case 'storing':
      return state.is === 'ready' ? { ...state, is: 'storing', errors: {}, refusal: null } : state
    case 'add':
    case 'remove':
    case 'decode':
      return state
  }
}

/** The list after an action. An action on a removed item changes nothing. */
export function reduceItems(items: readonly ImportItem[], action: ItemAction): readonly ImportItem[] {
  if (action.type === 'add') return [...items, ...action.items]
  if (action.type === 'remove') return items.filter((item) => item.id !== action.id)
  if (action.type === 'decode')
    return items.map((item) => (item.id === action.id ? { ...item, origin: action.origin } : item))
  return items.map((item) => (item.id === action.id ? { ...item, state: stateAfter(item.state, action) } : item))
}

/**
 * Why a file cannot be imported, checked before it is sent: too large, empty, or a picture or recording. Null when it may be sent; the server checks
 * the content regardless of the name.
 */
export function refusalOfFile(file: { name: string; size: number; type: string }): string | null {
  if (file.size === 0) return 'The file is empty. Choose one with at least one word.'
  if (/^(?:image|audio|video|font)\//.test(file.type)) {
    return `Text cannot be read from such a file. Choose ${nameFormats('or')}.`
  }
  const maxBytes = maxBytesOf(file.name)
  if (file.size > maxBytes) {
    const megabytes = (file.size / 1024 / 1024).toFixed(1)
    return `The file has ${megabytes} MB; at most ${String(maxBytes / 1024 / 1024)} MB can be imported at once. Split it into parts.`
  }
  return null
}
