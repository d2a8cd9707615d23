import type {Cluster} from '../../cluster/cluster.js';
import type {Group} from '../../cluster/group.js';
import {type Device, deviceFor} from '../../cost/kernels/device.js';
import {modelChunks} from '../../cost/workload/model-chunk.js';
import {type DeviceParameters, deviceParameters} from '../../cost/workload/stage-parameters.js';
import {fieldsOfScopes} from '../../layout/fields.js';
import {type Layout, modulesOf} from '../../layout/layout.js';
import {groupPlacer} from '../../layout/placement.js';
import type {GroupKind, RankLayout} from '../../layout/rank-axes.js';
import {modelOperators} from '../../model/layer-operators.js';
import type {Transformer} from '../../model/transformer.js';
import type {Training} from '../../plan/training.js';
import {type PipelineChoice, type StageAssignment, stageAssignment} from '../stages/stage-classes.js';
import {type LayerSettings, type LayerSubject, type LayerTable, layerTable} from './layer-table.js';
import {memo} from './memo.js';

/** A way to cut and schedule the pipeline, with the stages that result. */
export interface AssignedPipeline extends PipelineChoice {
  readonly stages: StageAssignment;
}

/** What tables are made for; the device has a mode for the precision of the training. */
export interface TablesSubject {
  readonly model: Transformer;
  readonly cluster: Cluster;
  readonly training: Training;
}

/**
 * Costs that layouts of one model on one cluster share, each computed when it is first asked for: kernels and
 * collectives of layers, stages and their parameters, groups. Plans that differ in batch, tokens, pins and
 * goal alone may share them.
 */
export class StepTables {
  readonly model: Transformer;
  readonly cluster: Cluster;
  readonly training: Training;
  readonly device: Device;
  private readonly subject: LayerSubject;
  private readonly place;
  private readonly groupIds = new Map<Group, number>();
  private readonly layers = new Map<string, LayerTable>();
  private readonly stageAssignments = new Map<string, StageAssignment>();
  private readonly parametersOfStages = new Map<string, readonly DeviceParameters[]>();

  constructor({model, cluster, training}: TablesSubject) {
    this.model = model;
    this.cluster = cluster;
    this.training = training;
    this.device = deviceFor(cluster, training.precision);
    const [uncut] = modelChunks(model, 1, 'layers');
    if (uncut === undefined) throw new Error('a model in one piece is a chunk');
    this.subject = {model, cluster, training, device: this.device, operators: modelOperators(model), uncut};
    this.place = groupPlacer(cluster);
  }

  /** @param spread ranks that one copy of the sharded state is spread over */
  group(degrees: RankLayout, kind: GroupKind, spread: Layout['shardingGroup'] = 'all'): Group {
    return this.place({...degrees, shardingGroup: spread}, kind);
  }

  /** Layers whose groups are placed alike share their costs, whatever the other degrees. */
  layer(degrees: RankLayout, settings: LayerSettings): LayerTable {
    const groups = {
      tensor: this.group(degrees, 'tensor'),
      context: this.group(degrees, 'context'),
      expert: this.group(degrees, 'expert'),
    };
    const {tensor, context, expert, expertTensor} = degrees;
    const placed = Object.values(groups).map(group => memo(this.groupIds, group, () => this.groupIds.size));
    const how = layerFields.map(field => settings[field]);
    const modules = settings.recompute === undefined ? null : modulesOf(settings.recompute);
    const key = [tensor, context, expert, expertTensor, ...placed, ...how, ...(modules ?? [])].join(' ');
    return memo(this.layers, key, () => layerTable(this.subject, groups, degrees, settings));
  }

  stages(choice: PipelineChoice): StageAssignment {
    const {model, cluster} = this;
    return memo(this.stageAssignments, pipelineKey(choice), () =>
      stageAssignment(model, choice, cluster.software.stageBalance),
    );
  }

  /** Parameters of each class of stages on one device. */
  parameters(
    degrees: Pick<Layout, 'tensor' | 'expert' | 'expertTensor'>,
    cut: AssignedPipeline,
  ): readonly DeviceParameters[] {
    const {tensor, expert, expertTensor} = degrees;
    const {pipeline, stages} = cut;
    const {model, cluster} = this;
    const key = `${tensor} ${expert} ${expertTensor} ${pipelineKey(cut)}`;
    return memo(this.parametersOfStages, key, () =>
      stages.classes.map(({chunks}) =>
        deviceParameters(model, chunks, {tensor, expert, expertTensor, pipeline}, cluster.software),
      ),
    );
  }
}

function pipelineKey({pipeline, virtualStages, schedule}: PipelineChoice): string {
  return `${pipeline} ${virtualStages} ${schedule}`;
}

const layerFields = fieldsOfScopes('layer') as readonly (keyof LayerSettings)[];
