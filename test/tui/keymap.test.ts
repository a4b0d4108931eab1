import { describe, expect, test } from 'vitest';
import { loadActions } from '#actions/index.ts';
import { allCommands, clashes, commandFor } from '#tui/keymap.ts';
import { createUiStore } from '#tui/store.ts';
import { fakeStack } from './fake-stack.ts';

describe('the keymap', async () => {
  const commands = allCommands(await loadActions());
  const state = { ...createUiStore(fakeStack(), { columns: 120, rows: 40 }, commands).getState() };

  test('no key means two things in one place', () => {
    expect(clashes(commands)).toEqual([]);
  });

  // Design: terminal UI, "Keys". What the next screens bring is not there yet.
  test.each([
    ['j', 'Down'],
    ['G', 'Last'],
    ['enter', 'Open the selected service'],
    ['tab', 'Next pane'],
    [']', 'Next tab'],
    ['l', 'Show logs'],
    ['s', 'Shell'],
    ['e', 'Edit the definition'],
    ['r', 'Restart'],
    ['R', 'Restart all services'],
    ['u', 'Up'],
    ['U', 'Up all services'],
    ['b', 'Rebuild'],
    ['D', 'Take the stack down…'],
    ['x', 'Actions for the selected service'],
    ['p', 'Switch the profile'],
    ['i', 'Inspect the container'],
    ['y', 'Copy what the pane shows'],
    ['/', 'Filter services'],
    ['?', 'Help'],
    ['q', 'Quit'],
    ['ctrl-c', 'Quit, as an interruption'],
    ['ctrl-z', 'Suspend devctl'],
    ['1', 'Show Stack'],
  ])('%s is %s', (key, title) => {
    expect(commandFor(state, key)?.title).toBe(title);
  });

  test('digits of screens that are not there do nothing', () => {
    for (const digit of '234567890') expect(commandFor(state, digit)).toBeUndefined();
  });

  test('what takes the stack or its data down hangs on no key of its own', () => {
    for (const command of commands.filter((one) => one.id.startsWith('stack.down-volumes') || one.id === 'stack.down'))
      expect(command.keys).toEqual([]);
  });

  test('Escape goes back from the details, and clears the filter in the list', () => {
    expect(commandFor({ ...state, focus: 'details' }, 'esc')?.title).toBe('Back to the services');
    expect(commandFor(state, 'esc')?.title).toBe('Clear the filter');
  });
});
