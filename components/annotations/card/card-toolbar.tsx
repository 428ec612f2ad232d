import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { Icon } from '@/components/ui/icon'
import { classNames } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/controls/button'
import type { CardActions, CardEditing } from './card-actions'

export interface CardToolbarProps {
  annotation: AnnotationView
  editing: CardEditing
  hasSelection: boolean
  actions: CardActions
}

/** What can be done with an open annotation of one's own. */
export function CardToolbar({ annotation, editing, hasSelection, actions }: CardToolbarProps) {
  const { id } = annotation
  if (editing === 'span') {
    return <SpanChoice id={id} hasSelection={hasSelection} actions={actions} />
  }
  return (
    <div className="-mx-1 -mb-1 flex items-center gap-0.5 border-t border-line pt-2">
      <IconButton
        label="Note (N)"
        size="small"
        icon={<Icon name="note" />}
        aria-pressed={editing === 'note'}
        onClick={() => {
          actions.startEditing(id, 'note')
        }}
      />
      <IconButton
        label="Evidence (E)"
        size="small"
        icon={<Icon name="book" />}
        aria-pressed={editing === 'evidence'}
        onClick={() => {
          actions.startEditing(id, 'evidence')
        }}
      />
      <IconButton
        label="Tags (T)"
        size="small"
        icon={<Icon name="tag" />}
        aria-pressed={editing === 'tags'}
        onClick={() => {
          actions.startEditing(id, 'tags')
        }}
      />
      <IconButton
        label="Change the passage"
        size="small"
        icon={<Icon name="span" />}
        onClick={(event) => {
          // Pressed by key, a click counts no presses.
          actions.startMoving(id, event.detail === 0)
        }}
      />
      <Flag
        label="Disputed"
        isOn={annotation.disputed}
        shortcut="D"
        onPress={() => {
          actions.edit(
            id,
            { disputed: !annotation.disputed },
            { label: annotation.disputed ? 'No longer marked disputed' : 'Marked disputed' },
          )
        }}
      />
      <Flag
        label="Partial"
        isOn={annotation.partial}
        shortcut="P"
        onPress={() => {
          actions.edit(
            id,
            { partial: !annotation.partial },
            { label: annotation.partial ? 'No longer marked partial' : 'Marked partial' },
          )
        }}
      />
      <span className="grow" />
      <CopyLinkButton onCopy={actions.copyLink} />
      <IconButton
        label="Delete"
        size="small"
        icon={<Icon name="trash" />}
        onClick={() => {
          actions.remove(id)
        }}
      />
    </div>
  )
}

/** Asks for other words for the annotation. */
function SpanChoice({
  id,
  hasSelection,
  actions,
}: { id: string } & Pick<CardToolbarProps, 'hasSelection' | 'actions'>) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line pt-2.5 text-sm text-ink-2">
      <span className="grow basis-40">Select the words it should stand on.</span>
      <button
        type="button"
        disabled={!hasSelection}
        className="rounded-md border border-accent bg-accent px-2.5 py-1 font-medium text-on-accent disabled:opacity-55"
        // Keeps the selection in the text: a button that takes the focus would empty it on some systems.
        onPointerDown={(event) => {
          event.preventDefault()
        }}
        onClick={() => {
          actions.keepSelection(id)
        }}
      >
        Use this passage
      </button>
      <button
        type="button"
        className="rounded-md px-2 py-1 font-medium text-ink-2 hover:bg-hover"
        onClick={() => {
          actions.startEditing(id, null)
        }}
      >
        Cancel
      </button>
    </div>
  )
}

/** Copies the address of the open annotation. */
export function CopyLinkButton({ onCopy }: { onCopy: () => void }) {
  return (
    <IconButton
      label="Copy link (Y)"
      size="small"
      className="justify-self-end"
      icon={<Icon name="chain" />}
      onClick={onCopy}
    />
  )
}

function Flag({
  label,
  isOn,
  shortcut,
  onPress,
}: {
  label: string
  isOn: boolean
  shortcut: string
  onPress: () => void
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-keyshortcuts={shortcut}
      title={`${label} (${shortcut})`}
      className={classNames(
        'min-h-7 rounded-md border px-2 text-xs font-medium',
        isOn
          ? 'border-accent bg-accent-soft text-accent'
          : 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
      )}
      onClick={onPress}
    >
      {label}
    </button>
  )
}
