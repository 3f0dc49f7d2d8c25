import path from 'node:path';
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js';

/** @type {import("next").NextConfig} */
const config = {
  distDir: process.env.WEB_BUILD_DIRECTORY ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@urr/contracts'],
  // `npm run check` does; the compiler's own interface is not there in TypeScript 7.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  turbopack: {
    root: path.join(import.meta.dirname, '../..'),
    // A page calls routes and never checks schemas: what builds them stays on the server.
    resolveAlias: { typebox: { browser: './src/api/schema-free.ts' } },
  },
};

/** The plugin tells the compiler where the texts are. It brings a compiler along: 25 MB that serving has no use for. */
export default async function configure(phase) {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import('next-intl/plugin');
  return createNextIntlPlugin('./src/i18n/request.ts')(config);
}
