import { useAnimation } from 'ink';
import { useTheme } from './use-theme.ts';

/** A sign that turns, four times a second and only while something is busy. */
export function useSpinner(isBusy: boolean): string {
  const { signs } = useTheme();
  const { frame } = useAnimation({ interval: 250, isActive: isBusy });
  return signs.spinner[frame % signs.spinner.length] ?? signs.busy;
}
