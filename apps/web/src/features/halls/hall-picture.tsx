'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { GradeMark } from '../seats/grade-mark.tsx';
import { type GradeLook, gradeLook } from '../seats/palette.ts';
import type { HallPreview, PreviewSeat } from './hall-preview.ts';
import { dotsPath, frameOf, seatSize, shapesPath } from './preview-drawing.ts';
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
        <HallDrawing preview={preview} faulty={faulty} />
      )}
    </Card>
  );
}

/** The seats of a hall, what their marks mean, and how many there are of each. */
export function HallDrawing({
  preview,
  faulty = [],
}: {
  readonly preview: HallPreview;
  readonly faulty?: readonly PreviewSeat[];
}): ReactNode {
  return (
    <>
      <HallPicture seats={preview.seats} grades={preview.grades} faulty={faulty} />
      <Legend preview={preview} faulty={faulty.length} />
      <SectionTable preview={preview} />
    </>
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
      {grades.map((grade, index) => (
        <GradeShapes key={grade} grade={grade} look={gradeLook(index)} seats={seats} />
      ))}
      {faulty.map(({ line, x, y }) => (
        <circle key={line} cx={x} cy={y} r={seatSize} fill="none" stroke="var(--bad)" strokeWidth={14} />
      ))}
    </svg>
  );
}

function GradeShapes({
  grade,
  look: { light, dark, shape },
  seats,
}: {
  readonly grade: string;
  readonly look: GradeLook;
  readonly seats: readonly PreviewSeat[];
}): ReactNode {
  const [sold, blocked] = useMemo(() => {
    const mine = seats.filter((seat) => seat.grade === grade);
    return [
      shapesPath(
        mine.filter((seat) => !seat.isBlocked),
        shape,
      ),
      dotsPath(mine.filter((seat) => seat.isBlocked)),
    ];
  }, [grade, seats, shape]);
  return (
    <g>
      <path d={sold} style={{ fill: `light-dark(${light}, ${dark})` }} />
      <path
        d={blocked}
        fill="none"
        stroke="var(--edge)"
        strokeWidth={seatSize * 0.5}
        strokeLinecap="square"
      />
    </g>
  );
}

function Legend({ preview, faulty }: { readonly preview: HallPreview; readonly faulty: number }): ReactNode {
  const t = useTranslations('halls.preview');
  const locale = usePageLocale();
  const count = (grade: string) =>
    preview.seats.filter((seat) => seat.grade === grade && !seat.isBlocked).length;
  const blocked = preview.seats.filter((seat) => seat.isBlocked).length;
  return (
    <ul className="numeric flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {preview.grades.map((grade, index) => (
        <li key={grade} className="inline-flex items-center gap-1.5">
          <GradeMark grade={index} />
          <span className="font-semibold">{grade}</span>{' '}
          {t('seats', { seats: formatCount(count(grade), locale) })}
        </li>
      ))}
      {blocked > 0 && (
        <li className="inline-flex items-center gap-1.5">
          <BlockedMark />
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

/** The sign of places that are never sold. */
export function BlockedMark(): ReactNode {
  return <span aria-hidden className="size-2 bg-edge" />;
}
