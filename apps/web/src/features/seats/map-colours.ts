/** Colours of the drawing, resolved for the theme in use. */
export interface MapColours {
  readonly isDark: boolean;
  readonly paper: string;
  readonly rule: string;
  readonly edge: string;
  readonly muted: string;
  readonly ink: string;
  readonly surface: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly bad: string;
  readonly font: string;
}

/** Reads the design's tokens as they are where an element stands. */
export function readMapColours(element: HTMLElement): MapColours {
  const probe = document.createElement('span');
  element.append(probe);
  const resolved = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    paper: resolved('paper'),
    rule: resolved('rule'),
    edge: resolved('edge'),
    muted: resolved('muted'),
    ink: resolved('ink'),
    surface: resolved('surface'),
    accent: resolved('accent'),
    onAccent: resolved('on-accent'),
    bad: resolved('bad'),
    font: getComputedStyle(probe).fontFamily,
  };
  probe.remove();
  const [red = 255] = (colours.paper.match(/\d+/g) ?? []).map(Number);
  return { ...colours, isDark: red < 128 };
}

/** Calls when the theme changes, by the switch or by the system; answers how to stop. */
export function onThemeChange(react: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', react);
  const chosen = new MutationObserver(react);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', react);
    chosen.disconnect();
  };
}
