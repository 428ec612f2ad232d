'use client'

import { useId } from 'react'
import { TextField } from '@/components/ui/controls/field'
import { countInWords, languageInWords } from '@/components/ui/text/wording'
import type { SuggestedSource } from '@/lib/domain/documents/schema'
import type { DetailErrors, DetailValues } from './details'

const usualLanguages = [
  'en',
  'ar',
  'zh',
  'cs',
  'da',
  'nl',
  'fi',
  'fr',
  'de',
  'el',
  'he',
  'hi',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'nb',
  'fa',
  'pl',
  'pt',
  'ro',
  'ru',
  'es',
  'sv',
  'tr',
  'uk',
  'vi',
]

export interface DetailFieldsProps {
  values: DetailValues
  errors: DetailErrors
  onChange: (values: DetailValues) => void
  autoFocus?: boolean | undefined
}

/** The fields for a document's details. */
export function DetailFields({ values, errors, onChange, autoFocus }: DetailFieldsProps) {
  const id = useId()
  const field = (name: keyof DetailValues) => ({
    name,
    value: values[name],
    error: errors[name],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => {
      onChange({ ...values, [name]: event.currentTarget.value })
    },
  })
  const language = languageInWords(values.language.trim())
  return (
    <div className="grid gap-4">
      <TextField label="Title" autoFocus={autoFocus} {...field('title')} />
      <TextField label="Author" optional {...field('author')} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField label="Published" optional dir="ltr" hint="2025, 2025-03 or 2025-03-14" {...field('publishedOn')} />
        <TextField
          label="Language"
          dir="ltr"
          list={`${id}-languages`}
          hint={language === '' || language === values.language.trim() ? 'en, fa or pt-BR' : language}
          {...field('language')}
        />
      </div>
      <datalist id={`${id}-languages`}>
        {usualLanguages.map((tag) => (
          <option key={tag} value={tag}>
            {languageInWords(tag)}
          </option>
        ))}
      </datalist>
      <TextField label="Web address" optional type="url" inputMode="url" dir="ltr" {...field('url')} />
    </div>
  )
}

interface SourceFieldProps {
  sources: readonly { id: string; name: string; documentCount: number }[]
  value: string
  error: string | null
  /** Whether the current member may make a source by naming a new one. */
  mayCreate: boolean
  /** The publisher that a text names, offered while the field is empty. */
  suggested: SuggestedSource | null
  onChange: (name: string) => void
}

/** The source of an import: an existing one, suggested while typing, or a new one by its name. */
export function SourceField({ sources, value, error, mayCreate, suggested, onChange }: SourceFieldProps) {
  const id = useId()
  const name = value.trim()
  const known = sources.find((source) => source.name === name)
  const similar =
    known === undefined ? sources.find((source) => source.name.toLowerCase() === name.toLowerCase()) : undefined
  const hint =
    name === ''
      ? 'Who published it: a site, a paper, a person, an agency.'
      : known !== undefined
        ? known.documentCount === 0
          ? 'No documents of it yet.'
          : `${countInWords(known.documentCount, 'document')} of it so far.`
        : mayCreate
          ? 'A new source of this name is made.'
          : 'There is no source of this name. Choose one from the list.'
  return (
    <div className="grid gap-1">
      <TextField
        label="Source"
        name="source"
        list={`${id}-sources`}
        autoComplete="off"
        value={value}
        error={error}
        hint={hint}
        onChange={(event) => {
          onChange(event.currentTarget.value)
        }}
      />
      <datalist id={`${id}-sources`}>
        {sources.map((source) => (
          <option key={source.id} value={source.name} />
        ))}
      </datalist>
      {name === '' && suggested !== null && (
        <p className="text-sm text-ink-2">
          It seems to be published by{' '}
          <button
            type="button"
            className="rounded-sm font-medium text-accent hover:underline"
            onClick={() => {
              onChange(suggested.name)
            }}
          >
            <bdi>{suggested.name}</bdi>
          </button>
          {suggested.isKnown ? '.' : ', a source that is not here yet.'} Press the name to use it.
        </p>
      )}
      {similar !== undefined && (
        <p className="text-sm text-ink-2">
          There is already{' '}
          <button
            type="button"
            className="rounded-sm font-medium text-accent hover:underline"
            onClick={() => {
              onChange(similar.name)
            }}
          >
            <bdi>{similar.name}</bdi>
          </button>
          , written differently. Press it to use that one.
        </p>
      )}
    </div>
  )
}
