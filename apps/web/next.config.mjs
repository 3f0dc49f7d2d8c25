import path from 'node:path';

import createNextIntlPlugin from 'next-intl/plugin';

/** @type {import("next").NextConfig} */
const config = {
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

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
