import type { MetadataRoute } from 'next';
import { webConfig } from '../../server/config.ts';
import { routing } from '../i18n/routing.ts';

/** The origin is known when the process runs, not when it is built. */
export const dynamic = 'force-dynamic';

const personal = [
  'account',
  'tickets',
  'reservations',
  'payments',
  'organiser',
  'login',
  'register',
  'forgot-password',
  'reset-password',
];

export default function robots(): MetadataRoute.Robots {
  const closed = routing.locales.flatMap((locale) => personal.map((path) => `/${locale}/${path}`));
  const inside = routing.locales.flatMap((locale) => [
    `/${locale}/events/*/line`,
    `/${locale}/events/*/seats`,
  ]);
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/api/', ...closed, ...inside] },
    sitemap: `${webConfig().WEB_PUBLIC_ORIGIN}/sitemap.xml`,
  };
}
