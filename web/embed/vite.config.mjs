import { defineConfig } from 'vite';

/** The loader is one classic script, which the API puts into a function that is given the channel's settings. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    outDir: '../../dist/web/embed',
    emptyOutDir: true,
    target: 'es2020',
    lib: { entry: 'embed.ts', formats: ['iife'], name: 'embed', fileName: () => 'embed.js' },
  },
});
