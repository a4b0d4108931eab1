import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink-testing-library';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { themeOf } from '#tui/theme.ts';
import { Frame } from '#tui/widgets/frame.tsx';
import { line, span } from '#tui/widgets/line.ts';
import { LineText } from '#tui/widgets/line-text.tsx';
import { formatSparkline } from '#tui/widgets/sparkline.ts';
import { ThemeContext } from '#tui/widgets/use-theme.ts';

const HOSTILE = ['日本語のサービス', '👩‍👩‍👧 family', 'e\u0301té', 'ltr \u202e rtl', 'x'.repeat(300), ''];

/** The rows that a component draws, without their looks. */
function rowsOf(node: React.ReactElement, ascii = false): string[] {
  const { lastFrame, unmount } = render(<ThemeContext value={themeOf('none', ascii)}>{node}</ThemeContext>);
  const rows = stripVTControlCharacters(lastFrame() ?? '').split('\n');
  unmount();
  return rows;
}

// ink-testing-library's screen has 100 columns; what is wider is tested through the terminal emulator.
describe.each([
  { width: 38, height: 6 },
  { width: 78, height: 12 },
  { width: 100, height: 20 },
])('a frame of $width × $height', ({ width, height }) => {
  const lines = HOSTILE.map((text) => line(text));

  it('is exactly as large, whatever is in it', () => {
    const rows = rowsOf(
      <Frame width={width} height={height} focused={false} title={line('Services')} lines={lines} bottom={line('Health · Logs')} />,
    );
    expect(rows).toHaveLength(height);
    expect(new Set(rows.map((row) => stringWidth(row)))).toEqual(new Set([width]));
  });

  it('shows its title in the border, and focus by another border', () => {
    const draw = (focused: boolean) =>
      rowsOf(<Frame width={width} height={height} focused={focused} title={line('Services')} lines={[]} />);
    expect(draw(false)[0]).toMatch(/^╭ Services ─+╮$/);
    expect(draw(true)[0]).toMatch(/^╔ Services ═+╗$/);
  });

  it('has an ASCII form', () => {
    const rows = rowsOf(<Frame width={width} height={height} focused={true} title={line('Services')} lines={[line('plain')]} />, true);
    expect(rows.join('')).toMatch(/^[\u0020-\u007e]*$/);
  });
});

describe('a line', () => {
  it.each(HOSTILE)('takes its width and no more: %j', (text) => {
    const [row = ''] = rowsOf(<LineText width={20} line={line('▸ ', span(text, 'plain'))} />);
    expect(stringWidth(row)).toBeLessThanOrEqual(20);
  });
});

describe('a sparkline', () => {
  it('shows the newest values, and failures as a sign', () => {
    const theme = themeOf('none', false);
    expect(formatSparkline([100, 0, 50, -1, 100], theme, { width: 4, floor: 1 })).toBe(`▁▅${theme.signs.failed}█`);
  });
});
