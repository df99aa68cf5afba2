import { defineConfig } from 'vite'

/**
 * dist/ is bundled, packages and all, into a few files that are loaded when they are needed: opening 800 small ones takes Node longer
 * than a push of ten products. See docs/decisions/015-bundle.md.
 */
export default defineConfig({
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['libsql'] }, // has a part that is compiled for each system
  build: {
    ssr: true,
    target: 'node20.19',
    outDir: 'dist',
    minify: false,
    rollupOptions: {
      input: { 'cli/main': 'src/cli/main.ts', 'api/index': 'src/index.ts' },
      output: { chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
})
