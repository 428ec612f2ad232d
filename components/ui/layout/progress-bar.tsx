import { Bar } from './bar'

/** How far something is, for assistive technology too. `failed` is how much of `value` came to nothing. */
export function ProgressBar({
  label,
  value,
  max,
  failed = 0,
}: {
  label: string
  value: number
  max: number
  failed?: number
}) {
  const of = (count: number) => (max === 0 ? 0 : count / max)
  return (
    <div role="progressbar" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max}>
      <Bar share={of(value)} failed={of(failed)} className="block h-2 w-full" />
    </div>
  )
}
