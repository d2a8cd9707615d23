import {isDeepStrictEqual} from 'node:util';
import {parse, stringify} from 'yaml';
import type {Fault} from '../quantity/parse-quantity.js';
import {type PlanValue, setInPlan} from './set-in-plan.js';

type Section = Readonly<Record<string, PlanValue>>;

/**
 * The text of a hardware profile with the section of one software stack replaced, a line for each
 * of its facts; every other line stays as it is.
 */
export function setStack(text: string, stack: string, section: Section): {readonly text: string} | Fault {
  const before = parse(text) as {readonly software?: Readonly<Record<string, unknown>> | null};
  const known = before.software ?? {};
  const others = Object.keys(known).filter(name => name !== stack);
  const without = Object.hasOwn(known, stack) ? withoutStack(text, stack) : text;
  if (without === null) return setInPlan(text, ['software', stack], section);
  const edited = withLines(without, stackLines(stack, section), others.length === 0);
  const expected = {...before, software: {...known, [stack]: JSON.parse(JSON.stringify(section))}};
  if (!isDeepStrictEqual(parse(edited), expected))
    return {
      message: `software.${stack} cannot be added by itself`,
      hint: 'write software: as a block of lines',
    };
  return {text: edited};
}

/** Null where the section is not a block of lines. */
function withoutStack(text: string, stack: string): string | null {
  const block = new RegExp(`^  ${stack}:\\n(?:    .*\\n)+`, 'm');
  return block.test(text) ? text.replace(block, '') : null;
}

function withLines(text: string, lines: string, alone: boolean): string {
  const heading = /^software:.*$/m;
  if (!heading.test(text)) return `${text.replace(/\n*$/, '\n')}software:\n${lines}`;
  return text.replace(heading, line => `${alone ? 'software:' : line}\n${lines.replace(/\n$/, '')}`);
}

/** The section as lines of a block that stands two columns in. */
function stackLines(stack: string, section: Section): string {
  const facts = Object.entries(section).map(
    ([key, value]) => `    ${key}: ${stringify(value, {collectionStyle: 'flow', lineWidth: 0}).trimEnd()}\n`,
  );
  return `  ${stack}:\n${facts.join('')}`;
}
