import type {SweepTarget} from '../export-target.js';
import {sweepName, sweepShards} from './sweep-name.js';

/**
 * An indexed Job that searches a plan in shards: Kubernetes documentation, "Indexed Job for Parallel Processing
 * with Static Work Assignment" (recalled). The number of pods is no variable of a pod's own, so it is stated twice.
 */
export const kubernetesSweep: SweepTarget = {
  of: 'plan',
  summary: 'an indexed Kubernetes Job that searches the plan in shards',
  comments: true,
  write: ({file}) => ({
    notes: [],
    text: `# Searches ${file.replaceAll(/\s/g, ' ')} in ${sweepShards} shards, one a pod; a pod that is stopped goes on where it was.
# Put an image with Node and walltime, and a claim of a shared volume that holds the plan at /sweep, below.
# When the Job is complete: walltime merge /sweep/${sweepName(file)}/shard-*.json
apiVersion: batch/v1
kind: Job
metadata:
  name: ${sweepName(file)}
spec:
  completionMode: Indexed
  completions: ${sweepShards}
  parallelism: ${sweepShards}
  backoffLimitPerIndex: 3
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: walltime
          image: walltime:latest
          workingDir: /sweep
          env:
            - {name: JOB_COMPLETIONS, value: "${sweepShards}"}
            - {name: PLAN, value: ${JSON.stringify(file)}}
            - {name: OUT, value: ${sweepName(file)}}
          command: [/bin/sh, -c]
          args:
            - >-
              mkdir -p "$OUT" &&
              walltime plan "$PLAN" --shard auto
              --out "$OUT/shard-$JOB_COMPLETION_INDEX.json"
              --resume "$OUT/shard-$JOB_COMPLETION_INDEX.part"
          resources:
            requests: {cpu: "1", memory: 1Gi}
          volumeMounts:
            - {name: work, mountPath: /sweep}
      volumes:
        - name: work
          persistentVolumeClaim: {claimName: walltime-work}
`,
  }),
};
