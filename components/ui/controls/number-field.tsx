'use client'

import { useState, type ReactNode } from 'react'
import { TextField } from './field'

/**
 * A field for one number. Invalid or out-of-bounds text stays in the field; `onChange` gets valid values only. With `emptyAs`, an empty field is a
 * value of its own: null.
 */
export function NumberField({
  label,
  hint,
  value,
  min,
  max,
  step = 1,
  hideLabel,
  placeholder,
  className,
  nullable = false,
  onChange,
}: {
  label: ReactNode
  hint?: ReactNode
  value: number | null
  min: number
  max: number
  step?: number | 'any'
  hideLabel?: boolean
  placeholder?: string
  className?: string
  nullable?: boolean
  onChange: (value: number | null) => void
}) {
  const [text, setText] = useState<string | null>(null)
  const [shownFor, setShownFor] = useState(value)
  if (shownFor !== value) {
    setShownFor(value)
    setText(null)
  }
  const shown = text ?? (value === null ? '' : String(value))
  const read = (written: string): number | null | undefined => {
    if (written.trim() === '') return nullable ? null : undefined
    const number = Number(written)
    const isWhole = step === 'any' || Number.isInteger(number)
    return Number.isFinite(number) && isWhole && number >= min && number <= max ? number : undefined
  }
  const isWrong = text !== null && read(text) === undefined
  return (
    <TextField
      label={label}
      hint={hint}
      hideLabel={hideLabel}
      placeholder={placeholder}
      type="number"
      inputMode={step === 'any' ? 'decimal' : 'numeric'}
      dir="ltr"
      className={className ?? 'max-w-28'}
      min={min}
      max={max}
      step={step}
      value={shown}
      error={isWrong ? `A ${step === 'any' ? '' : 'whole '}number from ${String(min)} to ${String(max)}.` : null}
      onChange={(event) => {
        const written = event.currentTarget.value
        setText(written)
        const number = read(written)
        if (number === undefined) return
        setShownFor(number)
        onChange(number)
      }}
      onBlur={() => {
        if (!isWrong) setText(null)
      }}
    />
  )
}
