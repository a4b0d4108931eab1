import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Layout } from '../layout.ts';
import { DetailPane } from '../panes/details.tsx';
import { ServicesPane } from '../panes/services.tsx';
import { useUi } from '../use-tui.ts';

/** Screen 1: the services, and what is to be known of the selected one. */
export function StackScreen(props: { readonly layout: Layout }): ReactElement {
  const { layout } = props;
  const focus = useUi((state) => state.focus);
  if (layout.kind === 'single') {
    const size = { width: layout.listColumns, height: layout.bodyRows };
    return focus === 'services' ? <ServicesPane {...size} isOnly /> : <DetailPane {...size} isOnly />;
  }
  return (
    <Box height={layout.bodyRows} flexShrink={0}>
      <ServicesPane width={layout.listColumns} height={layout.bodyRows} isOnly={false} />
      <DetailPane width={layout.detailColumns} height={layout.bodyRows} isOnly={false} />
    </Box>
  );
}
