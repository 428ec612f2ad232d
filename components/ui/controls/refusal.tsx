/** What the server refused and why, above the buttons of a form; nothing when there is no refusal. */
export function Refusal({ children }: { children: string | null }) {
  if (children === null) return null
  return (
    <p role="alert" className="rounded-md border border-danger px-3 py-2 text-danger">
      {children}
    </p>
  )
}
