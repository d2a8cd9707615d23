import * as z from 'zod';
import {machineSchema, partSchemas} from './hardware-schema.js';
import {modelFamilySchema, modelFileSchema} from './model-schema.js';
import {planSchema} from './plan-schema.js';
import {frameworkSchema} from './stack-schema.js';

/**
 * JSON schemas of the files that people write, for their editors, by where each stands in the package.
 * They are draft 7, the newest that yaml-language-server reads.
 */
export function jsonSchemas(): Record<string, string> {
  return {
    'plans/plan.schema.json': schemaText(planSchema, 'walltime plan'),
    'plans/models/model.schema.json': schemaText(modelFileSchema, 'walltime model'),
    'plans/models/model-family.schema.json': schemaText(modelFamilySchema, 'walltime model family'),
    'hardware-profiles/hardware-profile.schema.json': schemaText(machineSchema, 'walltime hardware profile'),
    'hardware-profiles/accelerators/accelerator.schema.json': schemaText(
      partSchemas.accelerator,
      'walltime accelerator',
    ),
    'hardware-profiles/boards/board.schema.json': schemaText(partSchemas.board, 'walltime board'),
    'hardware-profiles/fabrics/fabric.schema.json': schemaText(partSchemas.fabric, 'walltime fabric'),
    'hardware-profiles/curves.schema.json': schemaText(partSchemas.curves, 'walltime efficiency curves'),
    'hardware-profiles/frameworks/framework.schema.json': schemaText(frameworkSchema, 'walltime framework'),
  };
}

function schemaText(schema: z.ZodType, title: string): string {
  const {$schema, ...rest} = z.toJSONSchema(schema, {io: 'input', target: 'draft-7', reused: 'inline'});
  return `${joinShortLists(JSON.stringify({$schema, title, ...rest}, null, 2))}\n`;
}

/** Lists of words on one line where they fit, as the repository's formatter has them. */
function joinShortLists(json: string): string {
  const lineWidth = 110;
  return json.replaceAll(/^( *(?:"[^"]*": )?)\[\n([^[\]{}]*?)\n *\](,?)$/gm, (all, head, body, comma) => {
    const items = String(body)
      .split('\n')
      .map(item => item.trim());
    const line = `${head}[${items.join(' ')}]${comma}`;
    return line.length <= lineWidth ? line : all;
  });
}
