import * as z from 'zod';

/** Services by name, as words after the command; all when none is given. */
export const servicesOption = z
  .array(z.string())
  .default([])
  .meta({ positional: true, value: 'SERVICE', description: 'services; all when none is named' });
