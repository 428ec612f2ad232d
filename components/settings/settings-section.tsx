import { useId, type ReactNode } from 'react'

/** A section of the settings: a title, a line about it, and its controls. */
export function SettingsSection({
  title,
  intro,
  anchor,
  children,
}: {
  title: string
  intro?: ReactNode
  /** The fragment of an address that leads to this section. */
  anchor?: string | undefined
  children: ReactNode
}) {
  const id = useId()
  return (
    <section
      id={anchor}
      aria-labelledby={id}
      className="grid gap-4 border-t border-line py-6 first:border-t-0 first:pt-0"
    >
      <div className="grid gap-1">
        <h2 id={id} className="font-serif text-xl font-semibold tracking-[-0.01em]">
          {title}
        </h2>
        {intro !== undefined && <p className="max-w-[46rem] text-ink-2">{intro}</p>}
      </div>
      {children}
    </section>
  )
}
