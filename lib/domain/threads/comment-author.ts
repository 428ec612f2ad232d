import type { Speaker } from './schema'

/** What the reviewers of a claim are called while they are behind letters, by member id. */
export type SpeakerNames = ReadonlyMap<string, string>

/**
 * A person as they are named in a discussion: a reviewer of its claim by their letter, without the id, until the session is closed; to themselves
 * and where nobody is masked by name.
 * @param masked what those behind letters are called there; null where nobody is
 */
export function speakerAs(
  person: { id: string; name: string },
  { viewerId, masked }: { viewerId: string; masked: SpeakerNames | null },
): Speaker {
  const letter = person.id === viewerId ? undefined : masked?.get(person.id)
  return letter === undefined ? person : { id: null, name: letter }
}
