/** The icons, 16 units wide and high, each as one path. */
const drawings = {
  book: 'M8 4.4C6.6 3.4 4.6 3 2.5 3v9c2.1 0 4.1.4 5.5 1.4 1.4-1 3.4-1.4 5.5-1.4V3c-2.1 0-4.1.4-5.5 1.4zM8 4.4v9',
  chain:
    'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.8-.8',
  check: 'm3.5 8.5 3 3 6-7',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  close: 'm4 4 8 8M12 4l-8 8',
  error: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 1 0 8 1.6M8 4.6v4.2M8 11v.2',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  list: 'M3 4h10M3 8h10M3 12h10',
  margin: 'M2.5 3.5h6M2.5 6.5h6M2.5 9.5h6M2.5 12.5h4M11 3.5h2.5v4H11zM11 10h2.5v2.5H11z',
  more: 'M3.5 7.4a.6.6 0 1 0 0 1.2.6.6 0 1 0 0-1.2m4.5 0a.6.6 0 1 0 0 1.2.6.6 0 1 0 0-1.2m4.5 0a.6.6 0 1 0 0 1.2.6.6 0 1 0 0-1.2',
  note: 'M4 2.5h8v11H4zM6.2 5.8h3.6M6.2 8.2h3.6M6.2 10.6h2',
  redo: 'm10.5 3 2.7 2.7-2.7 2.7M13 5.7H6.8a3.6 3.6 0 0 0 0 7.2H10',
  search: 'M7 2.75a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 1 0 0-8.5m3.5 7.75 3 3',
  span: 'M5 3.5H3.5v9H5M11 3.5h1.5v9H11M6 8h4',
  speech: 'M3 3.5h10v7H7.5L4.5 13v-2.5H3z',
  tag: 'M2.8 2.8h5l5.4 5.4-5 5-5.4-5.4zM5.4 5.4v.1',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.5 8.5h6l.5-8.5',
  undo: 'M5.5 3 2.8 5.7l2.7 2.7M3 5.7h6.2a3.6 3.6 0 0 1 0 7.2H6',
  warning: 'M8 2.2 14.2 13H1.8zM8 6.4v3.2M8 11.3v.1',
}

/** An icon in the colour of the surrounding text. Screen readers skip it: its meaning is given beside it or by its button. */
export function Icon({ name, className }: { name: keyof typeof drawings; className?: string | undefined }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={drawings[name]} />
    </svg>
  )
}
