import type { Speaker } from './schema'

/** The names of a claim's reviewers while letters hide them, by member id. */
export type SpeakerNames = ReadonlyMap<string, string>

/**
 * Names a person in a discussion: a reviewer of its claim by their letter, without the id, until the session is closed. The viewer's own name is
 * always shown, and so is everyone's where no names are hidden.
 * @param masked the letters of the hidden reviewers; null where no names are hidden
 */
export function speakerAs(
  person: { id: string; name: string },
  { viewerId, masked }: { viewerId: string; masked: SpeakerNames | null },
): Speaker {
  const letter = person.id === viewerId ? undefined : masked?.get(person.id)
  return letter === undefined ? person : { id: null, name: letter }
}
