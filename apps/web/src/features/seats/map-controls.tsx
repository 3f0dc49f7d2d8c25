'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** Buttons to look nearer, farther, and at everything. */
export function MapControls({
  onZoom,
  onShowAll,
}: {
  readonly onZoom: (factor: number) => void;
  readonly onShowAll: () => void;
}): ReactNode {
  const t = useTranslations('seats.map');
  return (
    <div className="absolute end-3 bottom-3 flex gap-px overflow-hidden rounded-control border border-rule bg-rule shadow-card @md:flex-col">
      <Control label={t('zoomIn')} onPress={() => onZoom(1.8)} path="M12 5v14M5 12h14" />
      <Control label={t('zoomOut')} onPress={() => onZoom(1 / 1.8)} path="M5 12h14" />
      <Control label={t('showAll')} onPress={onShowAll} path="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" />
    </div>
  );
}

function Control({
  label,
  path,
  onPress,
}: {
  readonly label: string;
  readonly path: string;
  readonly onPress: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onPress}
      className="inline-flex size-11 items-center justify-center bg-surface hover:bg-sunken focus-visible:-outline-offset-4"
    >
      <svg
        aria-hidden
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        className="size-5"
      >
        <path d={path} />
      </svg>
    </button>
  );
}
