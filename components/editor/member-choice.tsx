import type { Nameable } from '@/lib/domain/threads/mentions'

/** The members that fit what was typed after `@`. The field keeps the focus. */
export function MemberChoice({
  id,
  members,
  activeId,
  onTake,
}: {
  id: string
  members: readonly Nameable[]
  activeId: string
  onTake: (member: Nameable) => void
}) {
  const active = members.find((member) => member.id === activeId)
  return (
    <>
      <span role="status" className="sr-only">
        {active === undefined ? '' : `${String(members.length)} members fit. ${active.name}`}
      </span>
      <ul
        id={id}
        role="listbox"
        aria-label="Members"
        // Above the field, which often stands at the bottom of the screen.
        className="absolute inset-x-0 bottom-full z-10 mb-1 rounded-md border border-line-strong bg-surface py-1 shadow-float"
      >
        {members.map((member) => (
          <li
            key={member.id}
            id={`${id}-${member.id}`}
            role="option"
            aria-selected={member.id === activeId}
            dir="auto"
            className="cursor-pointer px-3 py-1 aria-selected:bg-sunken aria-selected:font-medium"
            // Before the field loses the focus.
            onPointerDown={(event) => {
              event.preventDefault()
              onTake(member)
            }}
          >
            {member.name}
          </li>
        ))}
      </ul>
    </>
  )
}
