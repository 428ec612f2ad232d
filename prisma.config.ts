import { defineConfig } from 'prisma/config'

// `prisma generate` never runs the schema engine, but the command line would download one without this.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: process.env.PRISMA_SCHEMA ?? 'prisma/schema.prisma',
})
