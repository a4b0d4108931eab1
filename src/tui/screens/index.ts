/** The screens that exist, in the order of their digits. Further ones take the next digits: logs 2, health 3, data 4, migrations 5, verify 6, journal 7. */
export const SCREENS = [{ id: 'stack', digit: '1', title: 'Stack' }] as const satisfies readonly Screen[];

export type ScreenId = (typeof SCREENS)[number]['id'];

interface Screen {
  readonly id: string;
  readonly digit: string;
  readonly title: string;
}
