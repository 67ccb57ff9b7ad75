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

/**
 * The emoji picker writes a style element and style attributes, which our pages' policy refuses. The element gets the
 * nonce of the page; the attributes are set as properties, which are nobody's inline style.
 */
const emojiPickerByPolicy = {
  name: 'emoji-picker-by-policy',
  transform(code, id) {
    if (!/[\\/]emoji-picker-element[\\/]picker\.js$/.test(id)) return undefined;
    const changes = [
      [`document.createElement('style');`, (made) => `${made} style.nonce = __webpack_nonce__;`],
      [
        `targetNode.setAttribute(attributeName, newValue);`,
        (set) => `attributeName === 'data-style' ? (targetNode.style.cssText = newValue) : ${set}`,
      ],
      [' style="', () => ' data-style="'],
    ];
    let after = code;
    for (const [found, change] of changes) {
      if (!after.includes(found)) throw new Error('the emoji picker is written anew: look.');
      after = after.replaceAll(found, change);
    }
    return { code: after, map: null };
  },
};

export default defineConfig({
  base: '/',
  publicDir: 'public',
  plugins: [sonnerWithoutStyles, emojiPickerByPolicy],
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
