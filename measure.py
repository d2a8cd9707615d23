#!/usr/bin/env python3
"""Measures the machine that it runs on, for `walltime calibrate --bench`.

    python3 measure.py                                   one device
    torchrun --nproc_per_node 8 measure.py               the devices of a node
    torchrun --nnodes 2 --nproc_per_node 8 ... measure.py   several nodes
    python3 measure.py --quick --device cpu              a trial on the CPU, in seconds

Needs Python 3.7 and PyTorch 1.13 or later, and nothing else. What the release or the device lacks is
listed by name under `skipped`. Times are medians over samples; each sample is timed by events of the
device, after warm-up, with operands that do not stay in its cache, and without the launch of kernels.

Matrix products, attention and copies run on every device at once, as in training. The JSON has one row
for each measurement, with the columns of the tables that `walltime validate` takes.
"""

import argparse
import datetime
import json
import math
import os
import platform
import socket
import subprocess
import sys
import time

import torch
import torch.distributed as dist
import torch.nn.functional as F

WALLTIME_BENCH = 1
WALLTIME_VERSION = "0.1.0"

KIB, MIB, GIB = 2**10, 2**20, 2**30


class Skip(Exception):
    """A measurement that this release, device or time budget has no room for."""


class Bench:
    def __init__(self, options):
        self.options = options
        self.quick = options.quick
        self.started = time.monotonic()
        self.rows = []
        self.skipped = []
        self.ranks = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0"))
        self.local_rank = int(os.environ.get("LOCAL_RANK", "0"))
        self.local_ranks = int(os.environ.get("LOCAL_WORLD_SIZE", str(self.ranks)))
        self.nodes = max(1, self.ranks // max(1, self.local_ranks))
        name = options.device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.on_gpu = name == "cuda"
        if self.on_gpu:
            torch.cuda.set_device(self.local_rank)
            self.device = torch.device("cuda", self.local_rank)
        else:
            self.device = torch.device("cpu")
        self.backend = "nccl" if self.on_gpu else "gloo"
        if self.ranks > 1:
            dist.init_process_group(self.backend, timeout=datetime.timedelta(minutes=20))

    # Time ---------------------------------------------------------------------------------------

    def left(self):
        return self.options.budget - (time.monotonic() - self.started)

    def has_bf16(self):
        """Whether the matrix units take bfloat16; PyTorch emulates it where they do not."""
        if getattr(torch.version, "hip", None) is not None:
            return torch.cuda.is_bf16_supported()
        return torch.cuda.get_device_capability()[0] >= 8

    def barrier(self):
        if self.on_gpu:
            dist.barrier(device_ids=[self.local_rank])
        else:
            dist.barrier()

    def synchronize(self):
        if self.on_gpu:
            torch.cuda.synchronize()

    def time(self, run, seconds=None, samples=None):
        """Seconds of one call of run(i), one figure a sample."""
        samples = samples or (5 if self.quick else 12)
        run(0)
        self.synchronize()
        begin = time.perf_counter()
        run(1)
        self.synchronize()
        once = max(1e-7, time.perf_counter() - begin)
        # A sample is long against the resolution of the clock, and short against the budget.
        wanted = seconds or (2e-3 if self.quick else 5e-3)
        calls = int(min(200, max(1, math.ceil(wanted / once))))
        for i in range(2 if self.quick else 3):
            run(i)
        self.synchronize()
        return [self.sample(run, calls, i) for i in range(samples)]

    def sample(self, run, calls, first):
        if not self.on_gpu:
            begin = time.perf_counter()
            for i in range(calls):
                run(first + i)
            return (time.perf_counter() - begin) / calls
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        # The device waits while the host queues the calls: launches are no part of the time.
        if hasattr(torch.cuda, "_sleep"):
            torch.cuda._sleep(int(1e6 + 4e4 * calls))
        start.record()
        for i in range(calls):
            run(first + i)
        end.record()
        torch.cuda.synchronize()
        return start.elapsed_time(end) / 1e3 / calls

    # Rows ---------------------------------------------------------------------------------------

    def record(self, op, samples, **columns):
        ordered = sorted(samples)
        pick = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))]
        row = {"op": op}
        row.update({key: value for key, value in columns.items() if value is not None})
        row.update(seconds=median(ordered), seconds_p10=pick(0.1), seconds_p90=pick(0.9), samples=len(ordered))
        self.rows.append(row)
        return row["seconds"]

    def skip(self, op, reason, **columns):
        entry = {"op": op}
        entry.update({key: value for key, value in columns.items() if value is not None})
        entry["reason"] = " ".join(str(reason).split())[:200]
        if entry not in self.skipped:
            self.skipped.append(entry)

    def attempt(self, op, measure, **columns):
        """Runs measure(), or notes why it could not run."""
        try:
            if self.left() < 0:
                raise Skip("the time budget was spent")
            measure()
        except Skip as reason:
            self.skip(op, reason, **columns)
        except (RuntimeError, NotImplementedError, TypeError, ValueError, AttributeError, AssertionError) as error:
            self.skip(op, "%s: %s" % (type(error).__name__, error), **columns)
        finally:
            if self.on_gpu:
                torch.cuda.empty_cache()

    def note(self, text):
        if self.rank == 0:
            print("%6.1f s  %s" % (time.monotonic() - self.started, text), file=sys.stderr, flush=True)

    # Kernels ------------------------------------------------------------------------------------

    def copies(self, size):
        """Operands in turn, together larger than the caches of the device."""
        cache = (256 if self.on_gpu else 32) * MIB
        return int(min(16, max(1, math.ceil(cache / max(1, size)))))

    def dtypes(self):
        if self.on_gpu:
            return ["bf16", "fp16", "tf32", "fp32", "fp8"]
        return ["fp32", "bf16"]

    def product_shapes(self):
        if self.quick:
            edges = [128, 256, 384, 512] if not self.on_gpu else [512, 1024, 2048, 4096]
            base = edges[-1]
            deep = [(base, base, k) for k in (edges[0] // 2, edges[0], edges[1])]
            return [(n, n, n) for n in edges] + deep + [(edges[0] // 2, base, base)]
        squares = [(n, n, n) for n in (1024, 2048, 4096, 8192, 16384)]
        depths = [(8192, 8192, k) for k in (256, 512, 1024, 2048, 4096)]
        rows = [(m, 8192, 8192) for m in (64, 128, 256, 512, 1024, 2048, 4096)]
        layers = [
            (8192, 6144, 4096), (8192, 4096, 4096), (8192, 28672, 4096), (8192, 4096, 14336),
            (8192, 1024, 8192), (4096, 5120, 1280), (4096, 3072, 768), (8192, 32768, 4096),
        ]
        return squares + depths + rows + layers

    def products(self):
        self.note("matrix products")
        for dtype in self.dtypes():
            for shape in self.product_shapes():
                self.attempt("matmul", lambda: self.product(dtype, *shape), dtype=dtype)

    def product(self, dtype, m, n, k):
        if dtype in ("fp32", "tf32") and 2.0 * m * n * k > 3e12:
            return
        multiply = self.fp8_product(m, n, k) if dtype == "fp8" else self.plain_product(dtype, m, n, k)
        self.record("matmul", self.time(multiply), dtype=dtype, m=m, n=n, k=k, library="PyTorch")

    def plain_product(self, dtype, m, n, k):
        kind = torch_dtype(dtype)
        if self.on_gpu:
            if dtype == "tf32" and torch.cuda.get_device_capability()[0] < 8 and torch.version.hip is None:
                raise Skip("the device has no TF32")
            if dtype == "tf32" and torch.version.hip is not None:
                raise Skip("ROCm has no TF32 switch here")
            if dtype == "bf16" and not self.has_bf16():
                raise Skip("the device has no bfloat16")
            torch.backends.cuda.matmul.allow_tf32 = dtype == "tf32"
        elements = torch.finfo(kind).bits // 8
        count = self.copies(elements * (m * k + n * k))
        left = [torch.randn(m, k, device=self.device).to(kind) for _ in range(count)]
        # A weight as a linear layer keeps it: outputs by inputs.
        right = [torch.randn(n, k, device=self.device).to(kind) for _ in range(count)]
        out = torch.empty(m, n, device=self.device, dtype=kind)
        return lambda i: torch.mm(left[i % count], right[i % count].t(), out=out)

    def fp8_product(self, m, n, k):
        if not hasattr(torch, "float8_e4m3fn") or not hasattr(torch, "_scaled_mm"):
            raise Skip("PyTorch %s has no product in 8 bits" % torch.__version__)
        kind = torch.float8_e4m3fn
        if torch.version.hip is not None and "gfx94" in torch.cuda.get_device_properties(0).gcnArchName:
            kind = torch.float8_e4m3fnuz
        count = self.copies(m * k + n * k)
        left = [torch.randn(m, k, device=self.device).to(kind) for _ in range(count)]
        right = [torch.randn(n, k, device=self.device).to(kind) for _ in range(count)]
        one = torch.ones((), device=self.device)

        def multiply(i):
            return torch._scaled_mm(
                left[i % count], right[i % count].t(), scale_a=one, scale_b=one, out_dtype=torch.bfloat16
            )

        multiply(0)
        return multiply

    def attention_shapes(self):
        """Sequences, length, query heads, key-value heads, size of a head."""
        if self.quick:
            if not self.on_gpu:
                return [(1, 128, 4, 4, 32), (1, 256, 4, 4, 32), (1, 256, 4, 2, 64)]
            return [(1, 1024, 16, 16, 128), (1, 4096, 16, 16, 128)]
        return [
            (8, 1024, 32, 32, 128), (4, 2048, 32, 32, 128), (2, 4096, 32, 32, 128), (1, 8192, 32, 32, 128),
            (1, 16384, 32, 32, 128), (2, 4096, 32, 8, 128), (4, 4096, 32, 32, 64), (2, 4096, 16, 16, 256),
            (1, 2048, 8, 8, 128),
        ]

    def attention(self):
        self.note("attention")
        dtype = "bf16" if self.on_gpu and self.has_bf16() else "fp16" if self.on_gpu else "fp32"
        for shape in self.attention_shapes():
            for causal in (1, 0):
                self.attempt(
                    "attention", lambda: self.fused_attention(dtype, causal, *shape), library="PyTorch SDPA"
                )
        for shape in self.attention_shapes()[:2]:
            self.attempt(
                "attention", lambda: self.unfused_attention(dtype, *shape), library="PyTorch unfused"
            )

    def query_key_value(self, dtype, batch, seq, heads, kv_heads, head_dim):
        kind = torch_dtype(dtype)
        make = lambda count: torch.randn(
            batch, count, seq, head_dim, device=self.device, dtype=torch.float32
        ).to(kind).requires_grad_()
        return make(heads), make(kv_heads), make(kv_heads)

    def fused_attention(self, dtype, causal, batch, seq, heads, kv_heads, head_dim):
        if not hasattr(F, "scaled_dot_product_attention"):
            raise Skip("PyTorch %s has no scaled_dot_product_attention" % torch.__version__)
        grouped = {} if heads == kv_heads else {"enable_gqa": True}
        query, key, value = self.query_key_value(dtype, batch, seq, heads, kv_heads, head_dim)
        run = lambda: F.scaled_dot_product_attention(query, key, value, is_causal=bool(causal), **grouped)
        self.both_passes(
            "attention", run, (query, key, value), dtype=dtype, batch=batch, seq=seq, heads=heads,
            kv_heads=kv_heads, head_dim=head_dim, causal=causal, library="PyTorch SDPA",
        )

    def unfused_attention(self, dtype, batch, seq, heads, kv_heads, head_dim):
        query, key, value = self.query_key_value(dtype, batch, seq, heads, heads, head_dim)
        if batch * heads * seq * seq * 4 > 8 * GIB:
            raise Skip("the scores of %d tokens take too much memory" % seq)

        def run():
            scores = torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(head_dim)
            return torch.matmul(torch.softmax(scores, dim=-1), value)

        self.both_passes(
            "attention", run, (query, key, value), dtype=dtype, batch=batch, seq=seq, heads=heads,
            kv_heads=heads, head_dim=head_dim, causal=0, library="PyTorch unfused",
        )

    def both_passes(self, op, run, inputs, **columns):
        """Forward with what the backward pass needs, and the backward pass by itself."""
        self.record(op + "-forward", self.time(lambda i: run()), **columns)
        out = run()
        gradient = torch.randn_like(out)
        backward = lambda i: torch.autograd.grad(out, inputs, gradient, retain_graph=True)
        self.record(op + "-backward", self.time(backward), **columns)

    # Memory and host ----------------------------------------------------------------------------

    def copy_sizes(self):
        if self.quick:
            return [MIB, 4 * MIB, 16 * MIB, 64 * MIB]
        return [256 * KIB, MIB, 4 * MIB, 16 * MIB, 64 * MIB, 256 * MIB, GIB]

    def memory(self):
        self.note("memory")
        for size in self.copy_sizes():
            self.attempt("copy", lambda: self.copy(size))
            for op in ("host-to-device", "device-to-host"):
                self.attempt(op, lambda: self.host_copy(op, size))

    def copy(self, size):
        count = self.copies(size)
        source = [torch.zeros(size, dtype=torch.uint8, device=self.device) for _ in range(count)]
        target = [torch.zeros(size, dtype=torch.uint8, device=self.device) for _ in range(count)]
        samples = self.time(lambda i: target[i % count].copy_(source[i % count]))
        self.record("copy", samples, bytes=size)

    def host_copy(self, op, size):
        if not self.on_gpu:
            raise Skip("the device is the host")
        host = torch.zeros(size, dtype=torch.uint8).pin_memory()
        device = torch.zeros(size, dtype=torch.uint8, device=self.device)
        if op == "host-to-device":
            samples = self.time(lambda i: device.copy_(host, non_blocking=True))
        else:
            samples = self.time(lambda i: host.copy_(device, non_blocking=True))
        self.record(op, samples, bytes=size)

    def launch(self):
        """Host time to launch one kernel: the host is the slower one with a kernel this small."""
        self.note("kernel launch")
        value = torch.zeros(16, device=self.device)
        calls = 200 if self.quick else 2000

        def samples():
            for _ in range(7):
                self.synchronize()
                begin = time.perf_counter()
                for _ in range(calls):
                    value.add_(1)
                self.synchronize()
                yield (time.perf_counter() - begin) / calls

        list(samples())
        self.attempt("launch", lambda: self.record("launch", list(samples())))

    # One layer ----------------------------------------------------------------------------------

    def layer_shapes(self):
        """Hidden size, heads, key-value heads, width of the feed-forward, tokens; small ones wait for the host."""
        small = (256, 4, 2, 512, 64)
        if self.quick:
            return [small] if not self.on_gpu else [small, (2048, 16, 8, 5632, 2048)]
        return [small, (2048, 16, 8, 5632, 4096), (4096, 32, 8, 14336, 4096), (8192, 64, 8, 28672, 4096)]

    def layers(self):
        self.note("one layer")
        for shape in self.layer_shapes():
            self.attempt("layer", lambda: self.layer(*shape), hidden=shape[0])

    def layer(self, hidden, heads, kv_heads, ffn, seq):
        dtype = "bf16" if self.on_gpu and self.has_bf16() else "fp16" if self.on_gpu else "fp32"
        kind = torch_dtype(dtype)
        size = hidden // heads
        weight = lambda rows, columns: (
            torch.randn(rows, columns, device=self.device) * 0.02
        ).to(kind).requires_grad_()
        weights = {
            "qkv": weight((heads + 2 * kv_heads) * size, hidden), "out": weight(hidden, hidden),
            "up": weight(2 * ffn, hidden), "down": weight(hidden, ffn),
        }
        gains = [torch.ones(hidden, device=self.device, dtype=kind, requires_grad=True) for _ in range(2)]
        hidden_states = torch.randn(1, seq, hidden, device=self.device).to(kind).requires_grad_()
        angles = torch.outer(
            torch.arange(seq, device=self.device).float(),
            1e4 ** (-torch.arange(0, size, 2, device=self.device).float() / size),
        )
        cosine, sine = (torch.cat([turn, turn], -1).to(kind) for turn in (angles.cos(), angles.sin()))

        def norm(x, gain):
            if hasattr(F, "rms_norm"):
                return F.rms_norm(x, (hidden,), gain)
            return F.layer_norm(x, (hidden,), gain)

        def rotate(x):
            first, second = x.chunk(2, dim=-1)
            return x * cosine + torch.cat([-second, first], -1) * sine

        def attend(query, key, value):
            repeats = heads // kv_heads
            key, value = (x.repeat_interleave(repeats, dim=1) for x in (key, value))
            if hasattr(F, "scaled_dot_product_attention"):
                return F.scaled_dot_product_attention(query, key, value, is_causal=True)
            scores = torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(size)
            mask = torch.ones(seq, seq, device=self.device, dtype=torch.bool).tril()
            return torch.matmul(torch.softmax(scores.masked_fill(~mask, float("-inf")), -1), value)

        def run():
            mixed = F.linear(norm(hidden_states, gains[0]), weights["qkv"])
            query, key, value = mixed.split([heads * size, kv_heads * size, kv_heads * size], -1)
            by_head = lambda x, count: x.view(1, seq, count, size).transpose(1, 2)
            attended = attend(
                rotate(by_head(query, heads)), rotate(by_head(key, kv_heads)), by_head(value, kv_heads)
            )
            states = hidden_states + F.linear(attended.transpose(1, 2).reshape(1, seq, hidden), weights["out"])
            gate, up = F.linear(norm(states, gains[1]), weights["up"]).chunk(2, -1)
            return states + F.linear(F.silu(gate) * up, weights["down"])

        inputs = [hidden_states] + list(weights.values()) + gains
        columns = dict(
            dtype=dtype, batch=1, seq=seq, heads=heads, kv_heads=kv_heads, head_dim=size, hidden=hidden,
            n=ffn, library="PyTorch eager",
        )
        self.peak_memory(run, inputs, columns)
        # The host is a part of a layer's time: nothing is queued ahead.
        forward = self.wall(lambda: run())
        self.record("layer-forward", forward, **columns)

        def both():
            torch.autograd.grad(run(), inputs, torch.ones_like(hidden_states))

        whole = self.wall(both)
        self.record("layer-full", whole, **columns)

    def wall(self, run):
        samples = []
        for i in range(5 if self.quick else 12):
            self.synchronize()
            begin = time.perf_counter()
            calls = 2 if self.quick else 4
            for _ in range(calls):
                run()
            self.synchronize()
            samples.append((time.perf_counter() - begin) / calls)
        # The first ones load kernels and fill the allocator.
        return samples[2:]

    def peak_memory(self, run, inputs, columns):
        if not self.on_gpu:
            self.skip("peak-memory", "the CPU has no allocator that counts")
            return
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_allocated()
        out = run()
        columns["saved_memory_bytes"] = torch.cuda.memory_allocated() - before
        torch.autograd.grad(out, inputs, torch.ones_like(out))
        columns["peak_memory_bytes"] = torch.cuda.max_memory_allocated() - before

    # Collectives --------------------------------------------------------------------------------

    def message_sizes(self):
        if self.quick:
            return [4 * KIB, 64 * KIB, MIB, 4 * MIB]
        return [4 * KIB, 32 * KIB, 256 * KIB, MIB, 4 * MIB, 16 * MIB, 64 * MIB, 256 * MIB, GIB]

    def collectives(self):
        if self.ranks == 1:
            self.skip("collectives", "one process: start it under torchrun for the links between devices")
            return
        if self.nodes > 1 and self.local_ranks > 1:
            groups = [
                dist.new_group(range(node * self.local_ranks, (node + 1) * self.local_ranks))
                for node in range(self.nodes)
            ]
            # Every node at once, each in its own group.
            self.group_collectives(groups[self.rank // self.local_ranks], self.local_ranks, 1)
        self.group_collectives(None, self.ranks, self.nodes)
        if self.nodes > 1 and self.local_ranks > 1:
            self.pair(1)
        self.pair(self.local_ranks if self.nodes > 1 else 1)

    def group_collectives(self, group, ranks, nodes):
        self.note("collectives of %d ranks on %d nodes" % (ranks, nodes))
        for op in ("all_reduce", "all_gather", "reduce_scatter", "all_to_all"):
            for size in self.message_sizes():
                columns = dict(ranks=ranks, nodes=nodes, gpus_per_node=ranks // nodes)
                if not self.agree(self.left() > 0):
                    self.skip(op, "the time budget was spent", **columns)
                    break
                try:
                    call = self.collective(op, size, group, ranks)
                    call()
                    self.synchronize()
                except Skip as reason:
                    self.skip(op, reason, **columns)
                    break
                except (RuntimeError, NotImplementedError, AttributeError, ValueError) as error:
                    self.skip(op, "%s: %s" % (type(error).__name__, error), **columns)
                    break
                samples = self.time_together(call, size)
                self.record(op, samples, bytes=size, library=self.library(), **columns)

    def library(self):
        return "NCCL" if self.backend == "nccl" else "gloo"

    def agree(self, answer):
        """The answer of rank 0."""
        flag = torch.tensor([1 if answer else 0], device=self.device)
        dist.broadcast(flag, 0)
        return bool(flag.item())

    def collective(self, op, size, group, ranks):
        """`size` counts as nccl-tests: the buffer of one rank, and of a gather or scatter the whole one."""
        count = max(ranks, size // 2 // ranks * ranks)
        kind = torch.float32 if not self.on_gpu else torch.bfloat16 if self.has_bf16() else torch.float16
        if not self.on_gpu:
            count = max(ranks, size // 4 // ranks * ranks)
        whole = torch.zeros(count, dtype=kind, device=self.device)
        part = torch.zeros(count // ranks, dtype=kind, device=self.device)
        if op == "all_reduce":
            return lambda: dist.all_reduce(whole, group=group)
        if op == "all_gather":
            gather = getattr(dist, "all_gather_into_tensor", None) or getattr(dist, "_all_gather_base", None)
            if gather is not None and self.on_gpu:
                return lambda: gather(whole, part, group=group)
            parts = list(whole.chunk(ranks))
            return lambda: dist.all_gather(parts, part, group=group)
        if op == "reduce_scatter":
            scatter = getattr(dist, "reduce_scatter_tensor", None) or getattr(dist, "_reduce_scatter_base", None)
            if scatter is None:
                raise Skip("PyTorch %s has no reduce_scatter_tensor" % torch.__version__)
            return lambda: scatter(part, whole, group=group)
        out = torch.zeros_like(whole)
        return lambda: dist.all_to_all_single(out, whole, group=group)

    def calls_of(self, size):
        if self.quick:
            return 5
        return 20 if size <= MIB else 8 if size <= 64 * MIB else 3

    def time_together(self, call, size):
        """Samples of the slowest rank."""
        calls = self.calls_of(size)
        for _ in range(3):
            call()
        samples = []
        for _ in range(5 if self.quick else 9):
            self.barrier()
            self.synchronize()
            begin = time.perf_counter()
            if self.on_gpu:
                start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
                start.record()
            for _ in range(calls):
                call()
            if self.on_gpu:
                end.record()
                torch.cuda.synchronize()
                samples.append(start.elapsed_time(end) / 1e3 / calls)
            else:
                samples.append((time.perf_counter() - begin) / calls)
        slowest = torch.tensor(samples, dtype=torch.float64, device=self.device)
        dist.all_reduce(slowest, op=dist.ReduceOp.MAX)
        return slowest.tolist()

    def pair(self, other):
        """One message from rank 0 to another one and back, halved."""
        nodes = 2 if self.nodes > 1 and other >= self.local_ranks else 1
        columns = dict(ranks=2, nodes=nodes, gpus_per_node=2 // nodes)
        self.note("messages between ranks 0 and %d" % other)
        for size in self.message_sizes():
            if not self.agree(self.left() > 0):
                self.skip("send_recv", "the time budget was spent", **columns)
                return
            message = torch.zeros(size, dtype=torch.uint8, device=self.device)

            def call():
                if self.rank == 0:
                    dist.send(message, other)
                    dist.recv(message, other)
                elif self.rank == other:
                    dist.recv(message, 0)
                    dist.send(message, 0)

            samples = [seconds / 2 for seconds in self.time_together(call, size)]
            self.record("send_recv", samples, bytes=size, library=self.library(), **columns)

    # The machine --------------------------------------------------------------------------------

    def machine(self):
        hosts = [socket.gethostname()]
        if self.ranks > 1:
            everyone = [None] * self.ranks
            dist.all_gather_object(everyone, socket.gethostname())
            hosts = sorted(set(everyone))
        return {
            "device": self.device_facts(),
            "hosts": hosts,
            "nodes": self.nodes,
            "devices_per_node": self.local_ranks,
            "devices_seen": torch.cuda.device_count() if self.on_gpu else 1,
            "host": {
                "memory_bytes": host_memory(),
                "processors": os.cpu_count(),
                "processor": processor_name(),
                "platform": platform.platform(),
            },
            "software": {
                "python": platform.python_version(),
                "torch": torch.__version__,
                "cuda": torch.version.cuda,
                "hip": getattr(torch.version, "hip", None),
                "cudnn": torch.backends.cudnn.version() if self.on_gpu else None,
                "nccl": nccl_version() if self.on_gpu else None,
                "backend": self.backend,
                "threads": torch.get_num_threads(),
            },
            "nvidia_smi": self.driver_facts(),
        }

    def device_facts(self):
        if not self.on_gpu:
            return {
                "type": "cpu", "name": processor_name(), "memory_bytes": host_memory(),
                "compute_units": torch.get_num_threads(),
            }
        facts = torch.cuda.get_device_properties(self.device)
        return {
            "type": "cuda" if getattr(torch.version, "hip", None) is None else "hip",
            "name": facts.name,
            "memory_bytes": facts.total_memory,
            "compute_units": facts.multi_processor_count,
            "capability": "%d.%d" % (facts.major, facts.minor),
        }

    def driver_facts(self):
        """Clocks and power as they are, and under a load of products; None without nvidia-smi."""
        fields = [
            "driver_version", "power.limit", "power.draw", "clocks.sm", "clocks.max.sm", "clocks.mem",
            "temperature.gpu",
        ]
        if not self.on_gpu or self.rank != 0:
            return None
        idle = nvidia_smi(fields, self.local_rank)
        if idle is None:
            return None
        kind = torch.bfloat16 if self.has_bf16() else torch.float16
        left = torch.randn(8192, 8192, device=self.device).to(kind)
        begin = time.perf_counter()
        while time.perf_counter() - begin < 1:
            for _ in range(20):
                torch.mm(left, left)
            torch.cuda.synchronize()
        for _ in range(400):
            torch.mm(left, left)
        loaded = nvidia_smi(fields, self.local_rank)
        torch.cuda.synchronize()
        return {"idle": idle, "loaded": loaded}

    # All ----------------------------------------------------------------------------------------

    def run(self):
        machine = self.machine()
        steps = [self.launch, self.memory, self.products, self.attention, self.layers]
        for step in steps:
            step()
        if self.ranks > 1:
            self.barrier()
        self.collectives()
        document = {
            "walltime_bench": WALLTIME_BENCH,
            "walltime": WALLTIME_VERSION,
            "created": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "seconds": round(time.monotonic() - self.started, 2),
            "quick": self.quick,
            "machine": machine,
            "rows": self.rows,
            "skipped": self.skipped,
        }
        if self.rank == 0:
            with open(self.options.out, "w", encoding="utf-8") as file:
                json.dump(document, file, indent=1)
                file.write("\n")
            self.note(
                "%d rows, %d skipped: %s" % (len(self.rows), len(self.skipped), self.options.out)
            )
        if self.ranks > 1:
            self.barrier()
            dist.destroy_process_group()


def median(ordered):
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def torch_dtype(name):
    return {
        "bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32, "tf32": torch.float32,
    }[name]


def host_memory():
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return None


def processor_name():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def nccl_version():
    try:
        version = torch.cuda.nccl.version()
    except (AttributeError, RuntimeError):
        return None
    return ".".join(map(str, version)) if isinstance(version, tuple) else str(version)


def nvidia_smi(fields, device):
    command = ["nvidia-smi", "-i", str(device), "--query-gpu=" + ",".join(fields), "--format=csv,noheader,nounits"]
    try:
        text = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20, check=True
        ).stdout.decode()
    except (OSError, subprocess.SubprocessError):
        return None
    values = [value.strip() for value in text.strip().split("\n")[0].split(",")]
    return dict(zip(fields, values))


def main():
    parser = argparse.ArgumentParser(description="Measures this machine for `walltime calibrate --bench`.")
    parser.add_argument("--out", default="walltime-bench.json", help="JSON to write (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="small sizes: seconds instead of minutes")
    parser.add_argument("--device", choices=["cuda", "cpu"], help="default: a GPU where there is one")
    parser.add_argument("--budget", type=float, default=300, help="seconds after which nothing new starts")
    Bench(parser.parse_args()).run()


if __name__ == "__main__":
    main()
