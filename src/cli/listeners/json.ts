import type { ActionEvent, ActionListener } from '#domain/event.ts';

/** One JSON document a line: `{"schema":1,"event":…}`; the plan is told by its hash, title and risk. */
export function createJsonListener(line: (text: string) => void): ActionListener {
  return (event) => line(JSON.stringify({ schema: 1, ...eventFields(event) }));
}

function eventFields(event: ActionEvent): Readonly<Record<string, unknown>> {
  if (event.event !== 'started') return event;
  const { plan, ...rest } = event;
  return {
    ...rest,
    title: plan.title,
    risk: plan.risk,
    identity: plan.identity,
    steps: plan.steps.map(({ id, what, why }) => ({ id, what, why })),
  };
}
