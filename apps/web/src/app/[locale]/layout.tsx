import type { Metadata, Viewport } from 'next';
import { hasLocale } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { webConfig } from '../../../server/config.ts';
import { signedInCookie } from '../../api/session.ts';
import { Footer } from '../../features/frame/footer.tsx';
import { Header } from '../../features/frame/header.tsx';
import { isTheme, themeCookie } from '../../design/theme.ts';
import { routing } from '../../i18n/routing.ts';
import '../globals.css';

interface Props {
  readonly children: ReactNode;
  readonly params: Promise<{ locale: string }>;
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f5' },
    { media: '(prefers-color-scheme: dark)', color: '#141316' },
  ],
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) return {};
  const t = await getTranslations({ locale, namespace: 'common' });
  return {
    metadataBase: new URL(webConfig().WEB_PUBLIC_ORIGIN),
    title: { default: t('site.title'), template: `%s · URR` },
    description: t('site.description'),
  };
}

/** The frame of every page: language, theme, header, footer, the way around the header. */
export default async function LocaleLayout({ children, params }: Props): Promise<ReactNode> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const [t, jar] = await Promise.all([getTranslations('common'), cookies()]);
  const theme = jar.get(themeCookie)?.value;
  return (
    <html lang={locale} {...(isTheme(theme) ? { 'data-theme': theme } : {})}>
      <body className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-control focus:bg-surface focus:p-3"
        >
          {t('skipToContent')}
        </a>
        <Header isSignedIn={jar.has(signedInCookie)} />
        <main id="content" className="flex-1">
          {children}
        </main>
        <Footer />
      </body>
    </html>
  );
}
