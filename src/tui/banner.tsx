import { Box } from 'ink';
import type { ReactElement } from 'react';
import { neutralise } from '#domain/text.ts';
import type { SessionState } from '#session/state.ts';
import type { Role } from './theme.ts';
import { useSession, useUi } from './use-tui.ts';
import { type Line, line, span } from './widgets/line.ts';
import { LineText } from './widgets/line-text.tsx';

/** What the user must know before anything else, each with what to do. */
export interface BannerText {
  readonly text: string;
  readonly role: Role;
}

/** Lost connection, broken files, foreign stack, unfinished work: a line each below the header, two at most. */
export function Banner(props: { readonly width: number }): ReactElement | null {
  const banners = useBanners();
  if (banners.length === 0) return null;
  return (
    <Box flexDirection="column" height={banners.length} flexShrink={0}>
      {banners.map((banner) => (
        <LineText key={banner.text} width={props.width} line={formatBanner(banner)} />
      ))}
    </Box>
  );
}

/** The banners of now; their number decides how much room the body has. */
export function useBanners(): readonly BannerText[] {
  const opening = useUi((state) => state.opening);
  const facts = useSession(bannerFacts);
  return bannersFor({ ...facts, opening }).slice(0, 2);
}

interface BannerFacts {
  readonly connection: SessionState['connection'];
  readonly model: SessionState['model'];
  readonly foreign: SessionState['foreign'];
  readonly unfinished: SessionState['unfinished'];
}

function bannerFacts({ connection, model, foreign, unfinished }: SessionState): BannerFacts {
  return { connection, model, foreign, unfinished };
}

export function bannersFor(facts: BannerFacts & { readonly opening: string | undefined }): readonly BannerText[] {
  const banners: BannerText[] = [];
  if (facts.opening !== undefined) banners.push({ text: `Opening profile ${facts.opening}`, role: 'dim' });
  if (facts.connection.status === 'lost')
    banners.push({
      text: `Connection lost: ${facts.connection.error}. Trying again by itself; what is shown is from before.`,
      role: 'bad',
    });
  if (facts.model.status === 'failed')
    banners.push({ text: `docker compose config: ${facts.model.error}${facts.model.hint ? ` ${facts.model.hint}` : ''}`, role: 'bad' });
  if (facts.foreign) banners.push({ text: foreignText(facts.foreign), role: 'attention' });
  if (facts.unfinished.length > 0) banners.push({ text: unfinishedText(facts.unfinished.length), role: 'attention' });
  return banners;
}

function foreignText(foreign: NonNullable<SessionState['foreign']>): string {
  const where = foreign.reason === 'other-directory' ? 'was started from' : 'was last seen on engine';
  return `Foreign stack: ${where} ${foreign.found}, not ${foreign.expected}. Changes ask more than usual.`;
}

function unfinishedText(count: number): string {
  return `${count === 1 ? 'A change' : `${count} changes`} did not finish: devctl was killed. The next change settles it first; devctl journal tells more.`;
}

function formatBanner(banner: BannerText): Line {
  return line(' ', span(neutralise(banner.text).replaceAll('\n', ' '), banner.role));
}
