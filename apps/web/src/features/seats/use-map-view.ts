'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { Point } from './geometry.ts';
import { MapGestures } from './map-gestures.ts';
import { MapKeys } from './map-keys.ts';
import { MapView, type MapWords, type ViewNote } from './map-view.ts';
import type { SeatSale } from './seat-sale.ts';
import type { Pointing } from './viewport.ts';

/** What the middle of the map shows, and whether its reader moves by keys. */
export interface Outlook extends ViewNote {
  readonly isAimed: boolean;
}

const nothingSeen: Outlook = {
  section: undefined,
  canPick: false,
  isNear: false,
  aimedSeat: undefined,
  isAimed: false,
};

const viewParts = ['section', 'canPick', 'isNear', 'aimedSeat'] as const;

/** A map on a canvas inside a box that takes its gestures and keys. */
export interface MapHandle {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly view: RefObject<MapView | null>;
  readonly outlook: Outlook;
}

/** Draws a sale on a canvas for as long as it is on the page. */
export function useMapView(sale: SeatSale): MapHandle {
  const t = useTranslations('seats.map');
  const locale = usePageLocale();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<MapView>(null);
  const [outlook, setOutlook] = useState<Outlook>(nothingSeen);
  useEffect(() => {
    const [element, surface] = [box.current, canvas.current];
    if (element === null || surface === null) return;
    const words = {
      stage: t('stage'),
      left: (count: number) => t('left', { count: formatCount(count, locale) }),
    };
    const mounted = mountMap(element, surface, sale, words, (part) =>
      setOutlook((before) => ({ ...before, ...part })),
    );
    view.current = mounted.view;
    return mounted.stop;
  }, [sale, t, locale]);
  return { box, canvas, view, outlook };
}

function mountMap(
  element: HTMLElement,
  surface: HTMLCanvasElement,
  sale: SeatSale,
  words: MapWords,
  onOutlook: (part: Partial<Outlook>) => void,
): { readonly view: MapView; readonly stop: () => void } {
  const view = new MapView(surface, sale, words);
  let shown: ViewNote = nothingSeen;
  view.listen(
    (note) => {
      const before = shown;
      if (viewParts.every((part) => note[part] === before[part])) return;
      shown = note;
      onOutlook(note);
    },
    () => {
      if (surface.dataset['seatMap'] === 'ready') return;
      surface.dataset['seatMap'] = 'ready';
      performance.mark('seat-map-ready');
    },
  );
  const pick = (at: Point, by: Pointing) => pickAt(view, sale, at, by);
  const hover = (at: Point | undefined) => {
    const isOver = at !== undefined && view.targetAt(at, 'mouse') !== undefined;
    element.style.cursor = isOver ? 'pointer' : 'grab';
  };
  const gestures = new MapGestures(element, view, { onTap: pick, onHover: hover });
  const aim = (isAimed: boolean) => {
    view.aim(isAimed);
    onOutlook({ isAimed });
  };
  const keys = new MapKeys(element, view, { onPick: (at) => pick(at, 'key'), onAim: aim });
  const measure = () => view.resize(element.clientWidth, element.clientHeight, Math.min(3, devicePixelRatio));
  const watch = new ResizeObserver(measure);
  watch.observe(element);
  const stop = () => {
    watch.disconnect();
    gestures.stop();
    keys.stop();
    view.stop();
  };
  return { view, stop };
}

/** Chooses the seat at a point, or looks at its section more closely. */
function pickAt(view: MapView, sale: SeatSale, at: Point, by: Pointing): void {
  const target = view.targetAt(at, by);
  if (target?.kind === 'seat') sale.toggle(target.seatId);
  else if (target !== undefined) view.approach(target.section, at);
}
