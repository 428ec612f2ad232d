'use client'

import type { ReactNode } from 'react'
import { TextField, TextArea, Select } from '@/components/ui/controls/field'
import { KeptTextField } from './kept-text-field'
import { referenceTypeNames, type ReferenceErrors, type ReferenceField, type ReferenceValues } from './reference-values'

const types = Object.entries(referenceTypeNames).map(([value, label]) => ({ value, label }))

export interface ReferenceFieldsProps {
  values: ReferenceValues
  errors: ReferenceErrors
  onChange: (part: Partial<ReferenceValues>) => void
  /** One column, and the rarer fields folded: for a panel. */
  compact?: boolean | undefined
  autoFocus?: boolean | undefined
}

/** The fields of a reference. Each has the name of its value. */
export function ReferenceFields({
  values,
  errors,
  onChange,
  compact = false,
  autoFocus = false,
}: ReferenceFieldsProps) {
  const field = (name: ReferenceField) => ({
    name,
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      onChange({ [name]: event.currentTarget.value })
    },
  })
  const rarer = (
    <>
      <TextField
        label="Part of"
        hint="The journal, paper, site or book it stands in."
        optional
        {...field('container')}
      />
      <TextField label="Pages" optional dir="ltr" {...field('page')} />
    </>
  )
  const folded = (summary: string, open: boolean, children: ReactNode) => (
    <details open={open} className="group">
      <summary className="w-fit rounded-sm text-sm font-medium text-accent">{summary}</summary>
      <div className="mt-3 grid gap-4">{children}</div>
    </details>
  )
  const snapshot = (
    <KeptTextField values={values} error={errors.snapshotText} rows={compact ? 4 : 8} onChange={onChange} />
  )
  return (
    <>
      <div className={compact ? 'grid gap-4' : 'grid gap-4 md:grid-cols-[12rem_minmax(0,1fr)]'}>
        {!compact && <Select label="Type" options={types} {...field('type')} />}
        <TextField label="Title" autoFocus={autoFocus} autoComplete="off" {...field('title')} />
      </div>
      <TextArea
        label="Authors"
        hint="One on each line: Family, Given for a person; an organisation as it is called."
        optional
        rows={2}
        className="min-h-14"
        {...field('authors')}
      />
      <div className={compact ? 'grid gap-4' : 'grid gap-4 md:grid-cols-2'}>
        <TextField label="Publisher" optional autoComplete="off" {...field('publisher')} />
        <TextField
          label="Date"
          hint="2025, 2025-03 or 2025-03-14"
          optional
          inputMode="numeric"
          dir="ltr"
          autoComplete="off"
          {...field('issued')}
        />
        {compact && snapshot}
        <TextField
          label="Web address"
          optional
          type="url"
          inputMode="url"
          dir="ltr"
          autoComplete="off"
          {...field('url')}
        />
        <TextField label="DOI" optional dir="ltr" autoComplete="off" {...field('doi')} />
        {!compact && rarer}
      </div>
      {compact && <Select label="Type" options={types} {...field('type')} />}
      {compact && folded('More fields', values.container !== '' || values.page !== '', rarer)}
      {!compact && snapshot}
    </>
  )
}
