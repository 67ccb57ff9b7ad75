import { defineConfig } from 'vite';

/** A shop to try the widget in. It belongs to the demo data. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/shop/',
  logLevel: 'error',
  build: {
    outDir: '../../dist/web/shop',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
