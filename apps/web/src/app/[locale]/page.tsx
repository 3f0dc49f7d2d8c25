import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { HomeView } from '../../features/discovery/home-view.tsx';
import { alternatesOf } from '../../i18n/alternates.ts';
import { requireLocale } from '../../i18n/require-locale.ts';

interface Props {
  readonly params: Promise<{ locale: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { alternates: alternatesOf(requireLocale((await params).locale), '/') };
}

export default async function HomePage({ params }: Props): Promise<ReactNode> {
  return <HomeView locale={requireLocale((await params).locale)} />;
}
