import { defineConfig } from 'vite';

/** Sonner puts its styles into the page by script, which our pages' policy refuses; we import them as a file. */
const sonnerWithoutStyles = {
  name: 'sonner-without-styles',
  transform(code, id) {
    if (!/[\\/]node_modules[\\/]sonner[\\/]dist[\\/]index\.mjs$/.test(id)) return undefined;
    const call = /^__insertCSS\(.*\);$/m;
    if (!call.test(code)) throw new Error('sonner inserts its styles in another way now: look.');
    return { code: code.replace(call, ''), map: null };
  },
};

export default defineConfig({
  base: '/',
  publicDir: 'public',
  plugins: [sonnerWithoutStyles],
  // The server writes the nonce of each answer in its place.
  html: { cspNonce: '__NONCE__' },
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    // The old way for browsers without it needs an inline script.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
});
