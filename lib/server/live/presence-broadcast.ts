import { logger } from '../log'
import type { Listeners } from './listeners'
import type { Presence } from './presence'
import type { WorkspaceVisibility } from './visibility-cache'

/** Changes of presence are gathered for so long, in ms. */
const presencePause = 150

interface Given {
  listeners: Listeners
  presence: Presence
  /** The visibility of a workspace, not older than the call. */
  visibilityOf: (workspaceId: string) => Promise<WorkspaceVisibility>
}

/** Tells listeners who else is there, some time after it changed. */
export class PresenceBroadcast {
  readonly #given: Given
  readonly #workspaces = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(given: Given) {
    this.#given = given
  }

  /** Someone of the workspace came, went, or may be seen by others than before. */
  changed(workspaceId: string): void {
    this.#workspaces.add(workspaceId)
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#tell().catch((error: unknown) => {
        logger().warn({ err: error }, 'Presence could not be told')
      })
    }, presencePause)
  }

  async #tell(): Promise<void> {
    const { listeners, presence, visibilityOf } = this.#given
    const workspaces = [...this.#workspaces]
    this.#workspaces.clear()
    for (const workspaceId of workspaces) {
      const told = [...listeners.all()].filter(({ actor }) => actor.workspaceId === workspaceId)
      if (told.length === 0) continue
      const visibility = await visibilityOf(workspaceId)
      for (const connection of told)
        for (const shown of presence.shownTo(connection.actor, connection.interest, visibility))
          connection.tellPresence(shown)
    }
  }
}
