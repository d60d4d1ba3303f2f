export { HandoverMetrics, NoHandoverMetrics } from './handover-metrics.ts';
export {
  TopologyPolicy,
  type ServerMediaNeed,
  type TopologyDecision,
  type TopologyFacts,
} from './topology-policy.ts';
export { transition, type HandoverEvent, type HandoverOutcome, type HandoverState } from './handover.ts';
export { RoomTopologyController } from './room-topology-controller.ts';
export type { TopologySettings } from './topology-context.ts';
export { TopologyDirectory } from './topology-directory.ts';
export { MeshStrategy } from './mesh-strategy.ts';
export { SfuStrategy } from './sfu-strategy.ts';
