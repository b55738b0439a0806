import { defineConfig } from 'vite'

// Nothing is inlined: the page's content security policy takes no data: scripts and no inline styles.
export default defineConfig({
  base: '/',
  build: {
    outDir: '../target/classes/linnet/page',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
  },
})
