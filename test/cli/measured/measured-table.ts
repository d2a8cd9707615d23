/** Columns that a prediction needs, a few that it reads besides, and one that nobody knows. */
const columns =
  'id,hardware,framework,num_gpus,layers,hidden,ffn_hidden,heads,vocab,seq_len,gated_mlp,tp,pp,dp,micro_batch,global_batch,precision,iter_time_s,peak_mem_GB,result,mine';

type Cells = Readonly<Record<string, string | number>>;

/** A small model on eight H100. */
const usual: Cells = {
  hardware: 'H100-80GB-SXM',
  framework: 'my trainer',
  num_gpus: 8,
  layers: 16,
  hidden: 2048,
  ffn_hidden: 8192,
  heads: 16,
  vocab: 32000,
  seq_len: 2048,
  gated_mlp: 1,
  tp: 1,
  pp: 1,
  dp: 8,
  micro_batch: 1,
  global_batch: 64,
  precision: 'bf16',
  iter_time_s: 0.5,
  mine: 'x, "y"',
};

/** Lines of a table of measured runs, the header first; cells with a comma or a quote are quoted. */
export function measuredTable(rows: readonly Cells[]): string[] {
  const names = columns.split(',');
  const cell = (value: string | number | undefined) => {
    const text = String(value ?? '');
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [
    columns,
    ...rows.map((row, i) => {
      const cells: Cells = {...usual, id: `run-${i + 1}`, ...row};
      return names.map(name => cell(cells[name])).join(',');
    }),
  ];
}

/** Eight runs that differ in tensor degree and micro-batch, as someone may measure them in an afternoon. */
export const eightRuns: readonly Cells[] = [1, 2].flatMap(microBatch =>
  [1, 2, 4, 8].map(tensor => ({tp: tensor, dp: 8 / tensor, micro_batch: microBatch})),
);
