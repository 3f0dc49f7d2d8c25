'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { gradeLook } from './grade-look.ts';
import { GradeMark } from './grade-mark.tsx';
import type { HallPreview, PreviewSeat } from './hall-preview.ts';
import { dotsPath, frameOf, seatSize } from './preview-drawing.ts';
import { SectionTable } from './section-table.tsx';

/** The hall as its file draws it, with its seats counted by section and grade. */
export function HallPreviewView({
  preview,
  faultyLines,
}: {
  readonly preview: HallPreview;
  readonly faultyLines: ReadonlySet<number>;
}): ReactNode {
  const t = useTranslations('halls.preview');
  const faulty = preview.seats.filter(({ line }) => faultyLines.has(line));
  return (
    <Card className="grid gap-4">
      <h2 className="text-xl">{t('title')}</h2>
      {preview.unread > 0 && <Notice tone="warn">{t('unread', { count: preview.unread })}</Notice>}
      {preview.seats.length === 0 ? (
        <p className="text-muted">{t('empty')}</p>
      ) : (
        <>
          <HallPicture seats={preview.seats} grades={preview.grades} faulty={faulty} />
          <Legend preview={preview} faulty={faulty.length} />
          <SectionTable preview={preview} />
        </>
      )}
    </Card>
  );
}

function HallPicture({
  seats,
  grades,
  faulty,
}: {
  readonly seats: readonly PreviewSeat[];
  readonly grades: readonly string[];
  readonly faulty: readonly PreviewSeat[];
}): ReactNode {
  const t = useTranslations('halls.preview');
  const locale = usePageLocale();
  const { viewBox, stage } = useMemo(() => frameOf(seats), [seats]);
  return (
    <svg
      viewBox={viewBox}
      role="img"
      aria-label={t('picture', { seats: formatCount(seats.length, locale) })}
      className="max-h-[32rem] w-full rounded-control bg-sunken"
    >
      <rect {...stage} rx={stage.height / 5} fill="var(--muted)" />
      <text
        y={stage.y + stage.height * 0.7}
        textAnchor="middle"
        fontSize={stage.height * 0.55}
        fontWeight={600}
        fill="var(--surface)"
      >
        {t('stage')}
      </text>
      {grades.map((grade) => (
        <GradeDots key={grade} grade={grade} seats={seats} />
      ))}
      {faulty.map(({ line, x, y }) => (
        <circle key={line} cx={x} cy={y} r={seatSize} fill="none" stroke="var(--bad)" strokeWidth={14} />
      ))}
    </svg>
  );
}

function GradeDots({
  grade,
  seats,
}: {
  readonly grade: string;
  readonly seats: readonly PreviewSeat[];
}): ReactNode {
  const { stroke, cap, isHollow } = gradeLook(grade);
  const [sold, blocked] = useMemo(() => {
    const mine = seats.filter((seat) => seat.grade === grade);
    return [
      dotsPath(mine.filter((seat) => !seat.isBlocked)),
      dotsPath(mine.filter((seat) => seat.isBlocked)),
    ];
  }, [grade, seats]);
  // A square end reaches half a width beyond its point: the same area as a round one, drawn a little smaller.
  const size = cap === 'square' ? seatSize * 0.88 : seatSize;
  return (
    <g fill="none" strokeLinecap={cap}>
      <path d={sold} stroke={stroke} strokeWidth={size} />
      {isHollow && <path d={sold} stroke="var(--sunken)" strokeWidth={size * 0.45} />}
      <path d={blocked} stroke="var(--rule)" strokeWidth={size} />
    </g>
  );
}

function Legend({ preview, faulty }: { readonly preview: HallPreview; readonly faulty: number }): ReactNode {
  const t = useTranslations('halls.preview');
  const locale = usePageLocale();
  const count = (grade: string) => preview.seats.filter((seat) => seat.grade === grade).length;
  const blocked = preview.seats.filter((seat) => seat.isBlocked).length;
  return (
    <ul className="numeric flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {preview.grades.map((grade) => (
        <li key={grade} className="inline-flex items-center gap-1.5">
          <GradeMark grade={grade} />
          <span className="font-semibold">{grade}</span>{' '}
          {t('seats', { seats: formatCount(count(grade), locale) })}
        </li>
      ))}
      {blocked > 0 && (
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden className="size-3 rounded-sm bg-rule" />
          {t('blocked')} {t('seats', { seats: formatCount(blocked, locale) })}
        </li>
      )}
      {faulty > 0 && (
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden className="size-3 rounded-full border-2 border-bad" />
          {t('faulty')} {t('seats', { seats: formatCount(faulty, locale) })}
        </li>
      )}
    </ul>
  );
}
