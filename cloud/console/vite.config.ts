import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { precompress } from './precompress.ts';

/** The host that `npm run dev` talks to; in production the host serves the built files itself. */
const host = process.env.OMNIIOT_URL ?? 'http://127.0.0.1:5080';

export default defineConfig({
  plugins: [react(), precompress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 700 },
  server: { host: '127.0.0.1', proxy: { '/api': host, '/metrics': host } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
