'use client'

import { useId } from 'react'
import { TextField } from '@/components/ui/controls/field'
import { languageInWords } from '@/components/ui/text/wording'
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

/** The fields for what is said about a document. */
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
