import type { MetadataRoute } from 'next';
import { webConfig } from '../../server/config.ts';
import { listIndexedPaths } from '../features/discovery/list-indexed-paths.ts';
import { alternatesOf } from '../i18n/alternates.ts';
import { routing } from '../i18n/routing.ts';

export const dynamic = 'force-dynamic';

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const origin = webConfig().WEB_PUBLIC_ORIGIN;
  const paths = await listIndexedPaths();
  return paths.flatMap((path) =>
    routing.locales.map((locale) => {
      const { canonical, languages } = alternatesOf(locale, path);
      const everywhere = Object.entries(languages).map(([name, address]) => [name, origin + address]);
      return { url: origin + canonical, alternates: { languages: Object.fromEntries(everywhere) } };
    }),
  );
}
