import * as z from 'zod';

/** Keys that may stand at a path of a schema, for suggestions. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const target = path.reduce<z.ZodType | undefined>((at, step) => (at ? stepInto(bare(at), step) : undefined), schema);
  const object = target && bare(target);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? bare(schema.unwrap() as z.ZodType) : schema;
}

function stepInto(schema: z.ZodType, step: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(step)];
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return undefined;
}
