import { z } from 'zod'
import { idSchema, instantSchema, textSchema, versionSchema } from '../fields'
import { roles, tokenScopes } from '../access/policy'
import { timeZoneSchema } from '../time/schema'

/** An e-mail address as it is stored: trimmed, NFC, lower case. Up to 254 characters (RFC 5321). */
export const emailSchema = z
  .string()
  .transform((email) => email.trim().normalize('NFC').toLowerCase())
  .pipe(
    textSchema(254).regex(
      /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\.]+$/,
      'An e-mail address looks like name@example.org.',
    ),
  )

/** A person's or a workspace's name: one line, 1 to 120 characters, no control characters. */
export const nameSchema = z
  .string()
  .transform((name) => name.trim().normalize('NFC'))
  .pipe(
    textSchema(120)
      .min(1, 'A name has at least one character.')
      .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'A name is one line without control characters.'),
  )

/** Whether a member may work or is suspended. */
export const memberStatuses = ['active', 'suspended'] as const
export type MemberStatus = (typeof memberStatuses)[number]

export const roleSchema = z.enum(roles)
export const tokenScopeSchema = z.enum(tokenScopes)

/** A member as the API shows it. */
export const memberSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  status: z.enum(memberStatuses),
  version: versionSchema,
  createdAt: instantSchema,
  can: z.array(z.string()),
})
export type MemberView = z.infer<typeof memberSchema>

/** The parts of a member that can be changed: the role, or whether they may work. */
export const memberChangeSchema = z
  .strictObject({ role: roleSchema.optional(), status: z.enum(memberStatuses).optional() })
  .refine((change) => change.role !== undefined || change.status !== undefined, 'Send a role, a status, or both.')
export type MemberChange = z.infer<typeof memberChangeSchema>

/** The state of an invitation. */
export const invitationStates = ['pending', 'accepted', 'revoked', 'expired'] as const
export type InvitationState = (typeof invitationStates)[number]

/** An invitation as the API shows it; its link is shown once, when it is made. */
export const invitationSchema = z.object({
  id: idSchema,
  email: z.string(),
  role: roleSchema,
  state: z.enum(invitationStates),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  can: z.array(z.string()),
})
export type InvitationView = z.infer<typeof invitationSchema>

/** What a caller sends to invite someone. */
export const newInvitationSchema = z.strictObject({ id: idSchema, email: emailSchema, role: roleSchema })
export type NewInvitation = z.infer<typeof newInvitationSchema>

/** A personal token as the API shows it: only its last characters, never the token itself. */
export const tokenSchema = z.object({
  id: idSchema,
  name: z.string(),
  hint: z.string(),
  scopes: z.array(tokenScopeSchema),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
  can: z.array(z.string()),
})
export type TokenView = z.infer<typeof tokenSchema>

/** A personal token as owners see it, with its member. */
export const memberTokenSchema = tokenSchema.extend({ member: z.object({ id: idSchema, name: z.string() }) })
export type MemberTokenView = z.infer<typeof memberTokenSchema>

/** What a caller sends to make a personal token. `expiresAt` null means that it never expires. */
export const newTokenSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  scopes: z
    .array(tokenScopeSchema)
    .min(1, 'Choose at least one scope.')
    .transform((scopes) => tokenScopes.filter((scope) => scopes.includes(scope))),
  expiresAt: instantSchema.nullable().default(null),
})
export type NewToken = z.infer<typeof newTokenSchema>

/** A sign-in of a person. `device` is the browser and its system, or empty when they are unknown. */
export const signInSchema = z
  .object({
    id: z.string(),
    device: z.string(),
    startedAt: instantSchema,
    lastUsedAt: instantSchema.describe('Recorded once every ten minutes at most.'),
    current: z.boolean().describe('Whether this call uses it.'),
  })
  .meta({ id: 'SignIn' })
export type SignInView = z.infer<typeof signInSchema>

/** What a caller sends to change a password. */
export const passwordChangeSchema = z.strictObject({
  currentPassword: z.string().max(1000),
  newPassword: z.string().max(1000),
  keepTokens: z
    .boolean()
    .default(false)
    .describe('Whether your personal tokens stay valid. By default they are revoked.'),
})

/** A workspace as the API shows it. */
export const workspaceSchema = z.object({
  id: idSchema,
  name: z.string(),
  timeZone: z.string().describe('An IANA time zone name. A due day ends at the end of that day in this zone.'),
  version: versionSchema,
  createdAt: instantSchema,
  can: z.array(z.string()),
})
export type WorkspaceView = z.infer<typeof workspaceSchema>

/** The parts of a workspace that can be changed. */
export const workspaceChangeSchema = z
  .strictObject({ name: nameSchema.optional(), timeZone: timeZoneSchema.optional() })
  .refine((change) => change.name !== undefined || change.timeZone !== undefined, 'Send a name, a time zone, or both.')
export type WorkspaceChange = z.infer<typeof workspaceChangeSchema>

/** The caller: the person, the membership they act by, what it allows, and the workspaces they can switch to. */
export const meSchema = z.object({
  userId: idSchema,
  memberId: idSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  via: z.enum(['session', 'token', 'command-line']),
  scopes: z.union([z.literal('all'), z.array(tokenScopeSchema)]),
  hasPassword: z.boolean(),
  workspace: z.object({ id: idSchema, name: z.string(), timeZone: z.string() }),
  workspaces: z.array(z.object({ id: idSchema, name: z.string(), role: roleSchema })),
  can: z.array(z.string()),
})
export type Me = z.infer<typeof meSchema>
