import type {Cluster} from '../../cluster/cluster.js';
import type {Group} from '../../cluster/group.js';
import {chunksOf} from '../../cost/chunk.js';
import {type Device, deviceFor} from '../../cost/kernels/device.js';
import {type DeviceParameters, deviceParameters} from '../../cost/stage-parameters.js';
import type {Layout} from '../../layout/layout.js';
import {groupPlacer} from '../../layout/placement.js';
import type {Plan} from '../../layout/plan.js';
import type {GroupKind} from '../../layout/rank-axes.js';
import type {Training} from '../../layout/training.js';
import {modelOperators} from '../../model/layer-operators.js';
import type {Transformer} from '../../model/transformer.js';
import type {Mesh} from '../space/mesh.js';
import type {LayerChoice, OrderChoice} from '../space/mesh-space.js';
import type {Slicing} from '../space/slicing.js';
import {type LayerTable, layerTable} from './layer-table.js';

/** A mesh with an order of its ranks: what places groups. */
export type PlacedMesh = Mesh & Pick<OrderChoice, 'rankOrder'>;

/**
 * What layouts of one model on one cluster share, each worked out when it is first asked for: kernels and
 * collectives of layers, parameters of stages, groups. Good for plans that differ in batch, tokens, pins
 * and goal alone.
 */
export interface SearchTables {
  readonly model: Transformer;
  readonly cluster: Cluster;
  readonly training: Training;
  readonly device: Device;
  /** @param spread ranks that one copy of the sharded state is spread over; absent: all */
  group(mesh: PlacedMesh, kind: GroupKind, spread?: Layout['shardingGroup']): Group;
  layer(mesh: PlacedMesh, choice: LayerChoice): LayerTable;
  /** By class of stages. */
  parameters(mesh: Mesh, slicing: Slicing): readonly DeviceParameters[];
}

/** @returns null where the cluster's device has no mode for the plan's precision */
export function searchTables({
  model,
  cluster,
  training,
}: Pick<Plan, 'model' | 'cluster' | 'training'>): SearchTables | null {
  const device = deviceFor(cluster, training.precision);
  if (device === null) return null;
  const place = groupPlacer(cluster);
  const group = (mesh: PlacedMesh, kind: GroupKind, spread: Layout['shardingGroup'] = 'all') =>
    place({...mesh, shardingGroup: spread}, kind);
  const [uncut] = chunksOf(model, 1, 'layers');
  if (uncut === undefined) throw new Error('a model in one piece is a chunk');
  const subject = {model, cluster, training, device, operators: modelOperators(model), uncut};
  const layers = new Map<string, LayerTable>();
  const parameters = new Map<string, readonly DeviceParameters[]>();
  return {
    model,
    cluster,
    training,
    device,
    group,
    layer(mesh, choice) {
      const key = layerKey(mesh, choice);
      let table = layers.get(key);
      if (table === undefined) {
        const groups = {
          tensor: group(mesh, 'tensor'),
          context: group(mesh, 'context'),
          expert: group(mesh, 'expert'),
        };
        table = layerTable(subject, groups, mesh, choice);
        layers.set(key, table);
      }
      return table;
    },
    parameters(mesh, slicing) {
      const {pipeline, virtualStages, schedule} = slicing;
      const key = `${mesh.tensor} ${mesh.expert} ${mesh.expertTensor} ${pipeline} ${virtualStages} ${schedule}`;
      let held = parameters.get(key);
      if (held === undefined) {
        held = slicing.stages.classes.map(({chunks}) =>
          deviceParameters(model, chunks, mesh, cluster.software),
        );
        parameters.set(key, held);
      }
      return held;
    },
  };
}

/**
 * Where tensor, context and expert ranks are numbered fastest, as they usually are, their groups lie the
 * same whatever the data and pipeline degrees.
 */
function layerKey(mesh: PlacedMesh, choice: LayerChoice): string {
  const {rankOrder} = mesh;
  const innermost = rankOrder.indexOf('data') >= 3 && rankOrder.indexOf('pipeline') >= 3;
  const outside = innermost ? '' : `${mesh.data} ${mesh.pipeline} ${rankOrder.join(' ')}`;
  const how = `${choice.sequenceParallel} ${choice.asyncTensor} ${choice.contextExchange} ${choice.causalBalancing}`;
  return `${mesh.tensor} ${mesh.context} ${mesh.expert} ${mesh.expertTensor} ${how} ${outside}`;
}
