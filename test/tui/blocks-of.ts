import {isValidElement, type ReactNode} from 'react';
import {Block, type BlockProps} from '../../src/tui/widgets/block.js';

/** The blocks of a screen, without its layout: components without hooks are functions of their properties. */
export function blocksOf(node: ReactNode): readonly BlockProps[] {
  if (Array.isArray(node)) return node.flatMap(blocksOf);
  if (!isValidElement<BlockProps & {children?: ReactNode}>(node)) return [];
  const {type, props} = node;
  if (type === Block) return [props];
  return blocksOf(typeof type === 'function' ? (type as (own: unknown) => ReactNode)(props) : props.children);
}
