import type { EventImage } from '@urr/contracts/catalog-shapes.ts';
import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { coloursOf } from './colours.ts';
import { posterAddress } from './poster-address.ts';
import { posterTitle, widthInEms } from './poster-title.ts';

interface Drawn {
  readonly slug: string;
  readonly palette: readonly string[];
}

interface Look {
  /** The organiser's own picture, in place of the drawn one. */
  readonly image?: EventImage | undefined;
  readonly className?: string | undefined;
}

/** The poster of an event, 3 by 4: uploaded or drawn. It decorates: the title stands beside it as text. */
export function Poster({
  slug,
  palette,
  title,
  image,
  isFirst = false,
  className,
}: Drawn &
  Look & {
    readonly title: string;
    /** Seen without scrolling: fetched at once. */
    readonly isFirst?: boolean;
  }): ReactNode {
  const { background, ink } = coloursOf(palette);
  return (
    <div
      aria-hidden
      className={classNames(
        '@container relative aspect-[3/4] overflow-hidden rounded-card shadow-card',
        className,
      )}
      style={{ background, color: ink }}
    >
      {image === undefined ? (
        <DrawnPoster slug={slug} palette={palette} isFirst={isFirst} title={title} />
      ) : (
        <Uploaded image={image} isFirst={isFirst} />
      )}
    </div>
  );
}

function DrawnPoster({
  title,
  ...drawn
}: Drawn & { readonly title: string; readonly isFirst: boolean }): ReactNode {
  const { before, name, after } = posterTitle(title);
  return (
    <>
      <Picture {...drawn} />
      <div className="absolute inset-x-0 bottom-0 flex h-1/4 flex-col justify-center gap-[1.6cqw] px-[6cqw] text-start">
        {before !== '' && <span className="truncate text-[4.4cqw] leading-tight font-medium">{before}</span>}
        <span className={classNames('line-clamp-2 leading-[1.12] font-black tracking-tight', nameSize(name))}>
          {name}
        </span>
        {after !== '' && <span className="truncate text-[4.4cqw] leading-tight font-medium">{after}</span>}
      </div>
    </>
  );
}

/** Only the picture, square: for small places. It decorates. */
export function PosterPicture({ className, image, ...drawn }: Drawn & Look): ReactNode {
  return (
    <div
      aria-hidden
      className={classNames('aspect-square overflow-hidden rounded-control', className)}
      style={{ background: coloursOf(drawn.palette).background }}
    >
      {image === undefined ? (
        <Picture {...drawn} isFirst={false} />
      ) : (
        <Uploaded image={image} isFirst={false} />
      )}
    </div>
  );
}

// Whatever its shape, it fills the poster's.
function Uploaded({ image, isFirst }: { readonly image: EventImage; readonly isFirst: boolean }): ReactNode {
  return (
    <img
      src={image.address}
      alt=""
      width={image.width}
      height={image.height}
      loading={isFirst ? 'eager' : 'lazy'}
      decoding="async"
      className="block size-full object-cover"
    />
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
