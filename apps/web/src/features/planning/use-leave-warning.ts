'use client';

import { useEffect } from 'react';

/** Asks before the page is left, by a link of it or by the browser, while something is unsaved. */
export function useLeaveWarning(isDirty: boolean, question: string): void {
  useEffect(() => {
    if (!isDirty) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    // Before the router hears of it: it listens at the document.
    const onClick = (event: MouseEvent) => {
      if (!leavesPage(event) || window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('beforeunload', onUnload);
    window.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      window.removeEventListener('click', onClick, true);
    };
  }, [isDirty, question]);
}

function leavesPage(event: MouseEvent): boolean {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || link?.target === '_blank';
  if (link === null || isElsewhere || link.hasAttribute('download') || link.origin !== window.location.origin)
    return false;
  return link.pathname !== window.location.pathname;
}
