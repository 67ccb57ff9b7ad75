import { defineConfig } from 'vite';

/** The page in the frame. A language is a file of its own, so that nobody loads six. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/widget/',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/web/widget',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The policy of the page allows no data in scripts and styles.
    assetsInlineLimit: 0,
  },
});
