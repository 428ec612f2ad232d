/** The server's reason for refusing, above the buttons of a form; renders nothing without one. */
export function Refusal({ children }: { children: string | null }) {
  if (children === null) return null
  return (
    <p role="alert" className="rounded-md border border-danger px-3 py-2 text-danger">
      {children}
    </p>
  )
}
