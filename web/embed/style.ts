/** The button and the frame. A style sheet made by script: a website's policy on styles does not concern it. */
export const styleOf = (side: 'left' | 'right', accent: string, onAccent: string): string => `
:host { all: initial }
* { box-sizing: border-box }
button, iframe, .live { position: fixed; z-index: 2147483000 }
button {
  ${side}: 20px; bottom: 20px; width: 56px; height: 56px; padding: 0; border: 0; border-radius: 50%;
  background: ${accent}; color: ${onAccent}; cursor: pointer; box-shadow: 0 4px 16px rgb(0 0 0 / .28);
}
button:focus-visible { outline: 3px solid ${accent}; outline-offset: 3px; box-shadow: 0 0 0 3px #fff }
svg { display: block; width: 28px; height: 28px; margin: auto; fill: none; stroke: currentColor;
  stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
[aria-expanded=true] .say, [aria-expanded=false] .shut { display: none }
b {
  position: absolute; top: -4px; ${side}: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px;
  background: #c81e1e; color: #fff; font: 700 12px/22px system-ui, sans-serif; text-align: center;
}
b:empty { display: none }
iframe {
  ${side}: 20px; bottom: 88px; width: 384px; height: min(640px, calc(100dvh - 108px)); border: 0; border-radius: 16px;
  box-shadow: 0 8px 40px rgb(0 0 0 / .3); visibility: hidden; opacity: 0; background: transparent; color-scheme: normal;
}
iframe.open { visibility: visible; opacity: 1 }
.live { ${side}: 0; bottom: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
@media (max-width: 480px), (max-height: 420px) {
  iframe { inset: 0; width: 100%; height: 100%; border-radius: 0 }
  button[aria-expanded=true] { visibility: hidden }
}
@media (prefers-reduced-motion: no-preference) {
  iframe { transition: opacity .16s, transform .16s, visibility .16s; transform: translateY(12px) }
  iframe.open { transform: none }
}
@media (forced-colors: active) { button { border: 2px solid } }
`;
