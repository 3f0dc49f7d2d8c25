import type { ReactNode } from 'react';
import { gradeLook, shapeCorners } from './palette.ts';

/** The shape and colour of a grade's seats, as on the map. */
export function GradeMark({ grade }: { readonly grade: number }): ReactNode {
  const { light, dark, shape } = gradeLook(grade);
  const corners = shapeCorners(shape);
  const fill = { fill: `light-dark(${light}, ${dark})` };
  return (
    <svg aria-hidden viewBox="-1.2 -1.2 2.4 2.4" className="size-4 shrink-0">
      {corners.length === 0 ? (
        <circle r="1" style={fill} />
      ) : (
        <polygon points={corners.map((corner) => corner.join(',')).join(' ')} style={fill} />
      )}
    </svg>
  );
}
