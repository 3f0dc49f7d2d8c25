import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { coloursOf } from './colours.ts';
import { posterAddress } from './poster-address.ts';
import { posterTitle, widthInEms } from './poster-title.ts';

interface Drawn {
  readonly slug: string;
  readonly palette: readonly string[];
}

/** The drawn poster of an event, 3 by 4. It decorates: the title stands beside it as text. */
export function Poster({
  slug,
  palette,
  title,
  isFirst = false,
  className,
}: Drawn & {
  readonly title: string;
  /** Seen without scrolling: fetched at once. */
  readonly isFirst?: boolean;
  readonly className?: string;
}): ReactNode {
  const { background, ink } = coloursOf(palette);
  const { before, name, after } = posterTitle(title);
  return (
    <div
      aria-hidden
      className={classNames(
        '@container relative aspect-[3/4] overflow-hidden rounded-card shadow-card',
        className,
      )}
      style={{ background, color: ink }}
    >
      <Picture slug={slug} palette={palette} isFirst={isFirst} />
      <div className="absolute inset-x-0 bottom-0 flex h-1/4 flex-col justify-center gap-[1.6cqw] px-[6cqw] text-start">
        {before !== '' && <span className="truncate text-[4.4cqw] leading-tight font-medium">{before}</span>}
        <span className={classNames('line-clamp-2 leading-[1.12] font-black tracking-tight', nameSize(name))}>
          {name}
        </span>
        {after !== '' && <span className="truncate text-[4.4cqw] leading-tight font-medium">{after}</span>}
      </div>
    </div>
  );
}

/** Only the picture, square: for small places. It decorates. */
export function PosterPicture({ className, ...drawn }: Drawn & { readonly className?: string }): ReactNode {
  return (
    <div
      aria-hidden
      className={classNames('aspect-square overflow-hidden rounded-control', className)}
      style={{ background: coloursOf(drawn.palette).background }}
    >
      <Picture {...drawn} isFirst={false} />
    </div>
  );
}

function Picture({ slug, palette, isFirst }: Drawn & { readonly isFirst: boolean }): ReactNode {
  return (
    <img
      src={posterAddress(slug, palette)}
      alt=""
      width={600}
      height={600}
      loading={isFirst ? 'eager' : 'lazy'}
      decoding="async"
      className="block aspect-square w-full"
    />
  );
}

function nameSize(name: string): string {
  const width = widthInEms(name);
  if (width <= 7) return 'text-[12.5cqw]';
  return width <= 10 ? 'text-[9cqw]' : 'text-[8cqw]';
}
