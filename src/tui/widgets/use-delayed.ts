import { useEffect, useState } from 'react';

/** Loading shows after 150 ms only: what comes sooner needs no word. */
const LOADING_DELAY_MS = 150;

/** Whether something has been going on for longer than the eye forgives. */
export function useDelayed(isGoingOn: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isGoingOn) return undefined;
    const timer = setTimeout(() => setLate(true), LOADING_DELAY_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isGoingOn]);
  return isGoingOn && isLate;
}
