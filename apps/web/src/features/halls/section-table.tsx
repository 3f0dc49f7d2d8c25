'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { HallPreview } from './hall-preview.ts';

/** A hall with more sections than this shows them when asked to. */
const fewSections = 12;
const cell = 'px-1.5 py-2 text-end whitespace-nowrap sm:px-3';
const head = 'px-2 py-2 text-start sm:px-3';

/** Seats by section and grade; what is never sold is a column of its own, so that the grades add up. */
export function SectionTable({ preview }: { readonly preview: HallPreview }): ReactNode {
  const t = useTranslations('halls.preview');
  const { sections } = preview;
  return (
    <details open={sections.length <= fewSections} className="rounded-control border border-rule">
      <summary className="min-h-11 cursor-pointer px-3 py-2 font-semibold">
        {t('bySection')} <span className="numeric font-normal text-muted">{sections.length}</span>
      </summary>
      <table className="numeric w-full text-sm break-keep">
        <caption className="sr-only">{t('bySection')}</caption>
        <Heads preview={preview} />
        <Sections preview={preview} />
        <Totals preview={preview} />
      </table>
    </details>
  );
}

function Heads({ preview }: { readonly preview: HallPreview }): ReactNode {
  const t = useTranslations('halls.preview');
  return (
    <thead className="bg-sunken">
      <tr>
        <th scope="col" className={head}>
          {t('section')}
        </th>
        {preview.grades.map((grade) => (
          <th key={grade} scope="col" className={cell}>
            {grade}
          </th>
        ))}
        {hasBlocked(preview) && (
          <th scope="col" className={`${cell} max-sm:whitespace-normal`}>
            {t('blocked')}
          </th>
        )}
        <th scope="col" className={cell}>
          {t('total')}
        </th>
      </tr>
    </thead>
  );
}

function Sections({ preview }: { readonly preview: HallPreview }): ReactNode {
  const locale = usePageLocale();
  const number = (count: number | undefined) => (count === undefined ? '–' : formatCount(count, locale));
  return (
    <tbody>
      {preview.sections.map(({ section, seats, blocked, byGrade }) => (
        <tr key={section} className="border-t border-rule">
          <th scope="row" className={`${head} font-medium`}>
            {section}
          </th>
          {preview.grades.map((grade) => (
            <td key={grade} className={cell}>
              {number(byGrade[grade])}
            </td>
          ))}
          {hasBlocked(preview) && <td className={cell}>{number(blocked === 0 ? undefined : blocked)}</td>}
          <td className={`${cell} font-semibold`}>{number(seats)}</td>
        </tr>
      ))}
    </tbody>
  );
}

function Totals({ preview }: { readonly preview: HallPreview }): ReactNode {
  const t = useTranslations('halls.preview');
  const locale = usePageLocale();
  const count = (grade: string) =>
    preview.seats.filter((seat) => seat.grade === grade && !seat.isBlocked).length;
  return (
    <tfoot>
      <tr className="border-t border-edge font-semibold">
        <th scope="row" className={head}>
          {t('allSections')}
        </th>
        {preview.grades.map((grade) => (
          <td key={grade} className={cell}>
            {formatCount(count(grade), locale)}
          </td>
        ))}
        {hasBlocked(preview) && (
          <td className={cell}>
            {formatCount(preview.seats.filter(({ isBlocked }) => isBlocked).length, locale)}
          </td>
        )}
        <td className={cell}>{formatCount(preview.seats.length, locale)}</td>
      </tr>
    </tfoot>
  );
}

function hasBlocked({ seats }: HallPreview): boolean {
  return seats.some(({ isBlocked }) => isBlocked);
}
