"""The networks of bench/torch.ts in PyTorch, in every formulation that was found to be worth trying.

A process that lives as long as the benchmark: a JSON object a line in, a JSON object a line out (see bench/rival.ts).
All formulations compute the same mathematics from the same weights: U x as a row lookup, SGD with momentum on the dense
weights, plain SGD on the rows of U that a batch touches. Those marked `same: false` do not, and are never checked or
compared; they are what one would write without thinking of speed.

Letters as in src/network: R rows (tokens) of a batch, T steps, B sentences, H units, C = gates x H, K tags, N words,
D directions. Batches come packed time-major, longest sentence first.
"""

import json
import sys
import time

import numpy
import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import PackedSequence

aten = torch.ops.aten


class Batch:
    """A packed batch, and the same padded; everything that does not depend on the weights is made beforehand."""

    def __init__(self, lengths, ids, gold):
        lengths = numpy.array(lengths)
        self.sentences, self.steps, self.rows = len(lengths), int(lengths[0]), int(lengths.sum())
        self.sizes = [int((lengths > t).sum()) for t in range(self.steps)]
        self.starts = numpy.concatenate([[0], numpy.cumsum(self.sizes)]).tolist()
        self.sizes_tensor = torch.tensor(self.sizes)
        self.ids, self.gold = torch.tensor(ids), torch.tensor(gold)
        starts = self.starts
        place = [(t, i) for t, size in enumerate(self.sizes) for i in range(size)]
        # the row of the same sentence's mirrored token; its own inverse
        self.mirror = torch.tensor([starts[lengths[i] - 1 - t] + i for t, i in place])
        # of every row from the second step on, the row of the step before
        self.before = torch.tensor([starts[t - 1] + i for t, i in place if t > 0], dtype=torch.long)
        self.padded = torch.tensor([t * self.sentences + i for t, i in place])
        self.padded_gold = torch.full((self.steps * self.sentences,), -100)
        self.padded_gold[self.padded] = self.gold
        self.padded_ids = [self.pad(self.ids), self.pad(self.ids[self.mirror])]
        self.direction_ids = [self.ids, self.ids[self.mirror]]
        # padded and mirrored, then back: T x B places
        self.padded_mirror = torch.arange(self.steps * self.sentences)
        self.padded_mirror[self.padded] = self.padded[self.mirror]

    def pad(self, packed):
        padded = torch.zeros(self.steps * self.sentences, dtype=packed.dtype)
        padded[self.padded] = packed
        return padded


class Network:
    """The weights, and the optimiser's state. `names` gives those of bench/ours.ts."""

    def __init__(self, setup, weights):
        self.cell, self.hidden, self.tags = setup["cell"], setup["hidden"], setup["tags"]
        self.gates = {"elman": 1, "lstm": 4}[self.cell]
        self.directions = 2 if setup["bidirectional"] else 1
        self.rate, self.table_rate, self.momentum = setup["rate"], setup["tableRate"], setup["momentum"]
        suffixes = ["", "_backward"][: self.directions]
        take = lambda name: torch.from_numpy(weights[name].copy())
        self.U = [take("U" + s) for s in suffixes]
        dense = [take("W" + s) for s in suffixes] + [take("b" + s).flatten() for s in suffixes]
        dense += [take("V"), take("c").flatten()]
        self.dense = [w.requires_grad_() for w in dense]
        self.velocity = [torch.zeros_like(w) for w in dense]

    @property
    def W(self):
        return self.dense[: self.directions]

    @property
    def b(self):
        return self.dense[self.directions : 2 * self.directions]

    @property
    def V(self):
        return self.dense[-2]

    @property
    def c(self):
        return self.dense[-1]

    @torch.no_grad()
    def update(self, gradients):
        """v = momentum v + g; w -= rate v, all dense weights in one call each."""
        torch._foreach_mul_(self.velocity, self.momentum)
        torch._foreach_add_(self.velocity, gradients)
        torch._foreach_add_(self.dense, self.velocity, alpha=-self.rate)

    @torch.no_grad()
    def update_table(self, d, ids, gradient):
        self.U[d].index_add_(0, ids, gradient, alpha=-self.table_rate)


def no_grad_views(network):
    return [w.detach() for w in network.W], [b.detach() for b in network.b], network.V.detach(), network.c.detach()


# ---- loops written by hand, gradients by autograd ----


def elman_loop(xs, W, sizes):
    states = []
    h = xs[0].tanh()
    states.append(h)
    for t in range(1, len(sizes)):
        h = torch.addmm(xs[t], h[: sizes[t]] if sizes[t] < sizes[t - 1] else h, W).tanh()
        states.append(h)
    return torch.cat(states)


def lstm_loop(xs, W, sizes):
    """Gates i f g o."""
    H = W.shape[0]
    states = []
    z = xs[0]
    c = None
    for t in range(len(sizes)):
        if t > 0:
            n = sizes[t]
            if n < sizes[t - 1]:
                h, c = h[:n], c[:n]
            z = torch.addmm(xs[t], h, W)
        i, f, g, o = z.chunk(4, 1)
        i, g, o = i.sigmoid(), g.tanh(), o.sigmoid()
        c = i * g if c is None else torch.addcmul(i * g, f.sigmoid(), c)
        h = o * c.tanh()
        states.append(h)
    return torch.cat(states)


def lstm_loop_merged(xs, W, sizes):
    """As lstm_loop, with one sigmoid over all the gates, of which that of g is not used."""
    H = W.shape[0]
    states = []
    z = xs[0]
    c = None
    for t in range(len(sizes)):
        if t > 0:
            n = sizes[t]
            if n < sizes[t - 1]:
                h, c = h[:n], c[:n]
            z = torch.addmm(xs[t], h, W)
        s = z.sigmoid()
        g = z[:, 2 * H : 3 * H].tanh()
        i = s[:, :H]
        c = i * g if c is None else torch.addcmul(i * g, s[:, H : 2 * H], c)
        h = s[:, 3 * H :] * c.tanh()
        states.append(h)
    return torch.cat(states)


def lstm_loop_both(xs, W, sizes):
    """Both directions at once: xs [2,n,C] a step, W [2,H,C]; returns [2,R,H]."""
    H = W.shape[1]
    states = []
    z = xs[0]
    c = None
    for t in range(len(sizes)):
        if t > 0:
            n = sizes[t]
            if n < sizes[t - 1]:
                h, c = h[:, :n], c[:, :n]
            z = torch.baddbmm(xs[t], h, W)
        i, f, g, o = z.chunk(4, 2)
        i, g, o = i.sigmoid(), g.tanh(), o.sigmoid()
        c = i * g if c is None else torch.addcmul(i * g, f.sigmoid(), c)
        h = o * c.tanh()
        states.append(h)
    return torch.cat(states, 1)


@torch.jit.script
def elman_jit(x, W, sizes: list[int]):
    states: list[torch.Tensor] = []
    h = x[: sizes[0]].tanh()
    states.append(h)
    start = sizes[0]
    for n in sizes[1:]:
        h = torch.addmm(x[start : start + n], h[:n], W).tanh()
        states.append(h)
        start += n
    return torch.cat(states)


@torch.jit.script
def lstm_jit(x, W, sizes: list[int]):
    states: list[torch.Tensor] = []
    H = W.size(0)
    h = torch.zeros(sizes[0], H)
    c = torch.zeros(sizes[0], H)
    start = 0
    for n in sizes:
        z = torch.addmm(x[start : start + n], h[:n], W)
        i, f, g, o = z.chunk(4, 1)
        c = f.sigmoid() * c[:n] + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        states.append(h)
        start += n
    return torch.cat(states)


def gradients_of(loss, inputs):
    """Zeros for W where every sentence has one token."""
    gradients = torch.autograd.grad(loss, inputs, allow_unused=True)
    return [torch.zeros_like(x) if g is None else g for x, g in zip(inputs, gradients)]


class Loop:
    """A loop over the live rows of each step."""

    same = True

    def __init__(self, network, run, split=True, both=False, sparse=False):
        self.network, self.run, self.split, self.both, self.sparse = network, run, split, both, sparse
        if sparse:
            self.tables = [U.clone().requires_grad_() for U in network.U]
            self.optimizers = [
                torch.optim.SGD(network.dense, lr=network.rate, momentum=network.momentum),
                torch.optim.SGD(self.tables, lr=network.table_rate),
            ]

    def logits(self, batch, rows, W, b, V, c):
        if self.both:
            x = torch.stack([r + bias for r, bias in zip(rows, b)])
            s = self.run(x.split(batch.sizes, 1), torch.stack(W), batch.sizes)
            states = [s[0], s[1]]
        else:
            inputs = [r + bias for r, bias in zip(rows, b)]
            states = [
                self.run(x.split(batch.sizes) if self.split else x, w, batch.sizes) for x, w in zip(inputs, W)
            ]
        if len(states) == 1:
            return torch.addmm(c, states[0], V)
        return torch.addmm(c, torch.cat([states[0], states[1].index_select(0, batch.mirror)], 1), V)

    def train(self, batch):
        n = self.network
        if self.sparse:
            return self.train_sparse(batch)
        rows = [U.index_select(0, ids).requires_grad_() for U, ids in zip(n.U, batch.direction_ids)]
        logits = self.logits(batch, rows, n.W, n.b, n.V, n.c)
        loss = F.cross_entropy(logits, batch.gold, reduction="sum") / batch.sentences
        gradients = gradients_of(loss, rows + n.dense)
        for d, ids in enumerate(batch.direction_ids[: n.directions]):
            n.update_table(d, ids, gradients[d])
        n.update(gradients[n.directions :])
        return loss.item()

    def train_sparse(self, batch):
        """What the library offers: sparse gradients of F.embedding and its optimiser."""
        n = self.network
        rows = [F.embedding(ids, U, sparse=True) for U, ids in zip(self.tables, batch.direction_ids)]
        loss = F.cross_entropy(self.logits(batch, rows, n.W, n.b, n.V, n.c), batch.gold, reduction="sum")
        loss = loss / batch.sentences
        for optimizer in self.optimizers:
            optimizer.zero_grad()
        loss.backward()
        for optimizer in self.optimizers:
            optimizer.step()
        return loss.item()

    def tag(self, batch):
        with torch.inference_mode():
            n = self.network
            tables = self.tables if self.sparse else n.U
            rows = [U.index_select(0, ids) for U, ids in zip(tables, batch.direction_ids)]
            return self.logits(batch, rows, *no_grad_views(n)).argmax(1)


class PaddedLoop(Loop):
    """A loop over padded steps: no row is ever dropped, so there is nothing to slice."""

    def logits(self, batch, rows, W, b, V, c):
        sizes = [batch.sentences] * batch.steps
        states = [
            self.run((x + bias).split(batch.sentences), w, sizes) for x, bias, w in zip(rows, b, W)
        ]
        if len(states) == 1:
            return torch.addmm(c, states[0], V)
        return torch.addmm(c, torch.cat([states[0], states[1].index_select(0, batch.padded_mirror)], 1), V)

    def train(self, batch):
        n = self.network
        rows = [U.index_select(0, ids).requires_grad_() for U, ids in zip(n.U, batch.padded_ids)]
        logits = self.logits(batch, rows, n.W, n.b, n.V, n.c)
        loss = F.cross_entropy(logits, batch.padded_gold, reduction="sum") / batch.sentences
        gradients = gradients_of(loss, rows + n.dense)
        for d, ids in enumerate(batch.padded_ids[: n.directions]):
            n.update_table(d, ids, gradients[d])
        n.update(gradients[n.directions :])
        return loss.item()

    def tag(self, batch):
        with torch.inference_mode():
            n = self.network
            rows = [U.index_select(0, ids) for U, ids in zip(n.U, batch.padded_ids)]
            return self.logits(batch, rows, *no_grad_views(n)).argmax(1)[batch.padded]


# ---- gradients by hand too: no autograd, one product for all steps' dW ----


class Manual:
    """Forward and backward written out with in-place calls; one direction after the other."""

    same = True

    def __init__(self, network):
        self.network = network

    def forward_elman(self, x, W, batch):
        starts = batch.starts
        x[: starts[1]].tanh_()
        for t in range(1, batch.steps):
            a, b = starts[t], starts[t + 1]
            before = starts[t - 1]
            x[a:b].addmm_(x[before : before + b - a], W).tanh_()
        return x, None

    def backward_elman(self, kept, dS, W, batch):
        s, starts, Wt = kept[0], batch.starts, W.t()
        dZ = torch.empty_like(s)
        for t in range(batch.steps - 1, -1, -1):
            a, b = starts[t], starts[t + 1]
            d = dS[a:b]
            if t + 1 < batch.steps:
                n = starts[t + 2] - b
                d[:n].addmm_(dZ[b : b + n], Wt)
            aten.tanh_backward(d, s[a:b], grad_input=dZ[a:b])
        return dZ

    def forward_lstm(self, z, W, batch):
        H, starts = W.shape[0], batch.starts
        cells, squashed, states = (torch.empty(batch.rows, H) for _ in range(3))
        for t in range(batch.steps):
            a, b = starts[t], starts[t + 1]
            zt, c, s = z[a:b], cells[a:b], states[a:b]
            before = starts[t - 1]
            if t > 0:
                zt.addmm_(states[before : before + b - a], W)
            zt[:, : 2 * H].sigmoid_()
            zt[:, 2 * H : 3 * H].tanh_()
            zt[:, 3 * H :].sigmoid_()
            torch.mul(zt[:, :H], zt[:, 2 * H : 3 * H], out=c)
            if t > 0:
                c.addcmul_(zt[:, H : 2 * H], cells[before : before + b - a])
            torch.tanh(c, out=squashed[a:b])
            torch.mul(zt[:, 3 * H :], squashed[a:b], out=s)
        return states, (z, cells, squashed)

    def backward_lstm(self, kept, dS, W, batch):
        _, (z, cells, squashed) = kept
        H, starts, Wt = W.shape[0], batch.starts, W.t()
        dZ = torch.empty_like(z)
        carried = torch.zeros(batch.sentences, H)
        # everything that does not need the next step, for all rows at once
        gate = lambda k: z[:, k * H : (k + 1) * H]
        i, f, g, o = (gate(k) for k in range(4))
        through = o * (1 - squashed * squashed)
        by_o = squashed * o * (1 - o)
        by_i = g * i * (1 - i)
        by_g = i * (1 - g * g)
        by_f = f * (1 - f)
        by_f[: starts[1]] = 0
        by_f[starts[1] :] *= cells.index_select(0, batch.before)
        for t in range(batch.steps - 1, -1, -1):
            a, b = starts[t], starts[t + 1]
            d = dS[a:b]
            if t + 1 < batch.steps:
                n = starts[t + 2] - b
                d[:n].addmm_(dZ[b : b + n], Wt)
            dz, dc = dZ[a:b], carried[: b - a]
            torch.mul(d, by_o[a:b], out=dz[:, 3 * H :])
            dc.addcmul_(d, through[a:b])
            torch.mul(dc, by_i[a:b], out=dz[:, :H])
            torch.mul(dc, by_f[a:b], out=dz[:, H : 2 * H])
            torch.mul(dc, by_g[a:b], out=dz[:, 2 * H : 3 * H])
            dc.mul_(f[a:b])
        return dZ

    def forward(self, batch):
        n = self.network
        W, b, V, c = no_grad_views(n)
        run = self.forward_elman if n.cell == "elman" else self.forward_lstm
        kept = []
        for d in range(n.directions):
            kept.append(run(n.U[d].index_select(0, batch.direction_ids[d]).add_(b[d]), W[d], batch))
        s = [k[0] for k in kept]
        states = s[0] if len(s) == 1 else torch.cat([s[0], s[1].index_select(0, batch.mirror)], 1)
        return kept, states, torch.addmm(c, states, V)

    def train(self, batch):
        with torch.inference_mode():
            n = self.network
            W, _, V, _ = no_grad_views(n)
            kept, states, logits = self.forward(batch)
            logs = logits.log_softmax(1)
            loss = F.nll_loss(logs, batch.gold, reduction="sum").item() / batch.sentences
            dO = logs.exp_()
            dO[torch.arange(batch.rows), batch.gold] -= 1
            dO.div_(batch.sentences)
            dStates = dO @ V.t()
            dW, db = [], []
            for d in range(n.directions):
                dS = dStates[:, d * n.hidden : (d + 1) * n.hidden]
                dS = dS if n.directions == 1 else dS.index_select(0, batch.mirror) if d == 1 else dS.contiguous()
                run = self.backward_elman if n.cell == "elman" else self.backward_lstm
                dZ = run(kept[d], dS, W[d], batch)
                dW.append(kept[d][0].index_select(0, batch.before).t() @ dZ[batch.starts[1] :])
                db.append(dZ.sum(0))
                n.update_table(d, batch.direction_ids[d], dZ)
            n.update(dW + db + [states.t() @ dO, dO.sum(0)])
            return loss

    def tag(self, batch):
        with torch.inference_mode():
            return self.forward(batch)[2].argmax(1)


# ---- the library's layers ----


class Layer:
    """nn.RNN or nn.LSTM; their input weights are the identity, so that U x reaches the cells as it is."""

    def __init__(self, network, packed, embedding=0):
        n = self.network = network
        self.packed, self.same = packed, embedding == 0
        size = embedding if embedding > 0 else n.gates * n.hidden
        kind = {"elman": torch.nn.RNN, "lstm": torch.nn.LSTM}[n.cell]
        self.layer = kind(size, n.hidden, bidirectional=n.directions == 2)
        self.tables = [U.clone() for U in n.U]
        if embedding > 0:
            self.tables = [torch.randn(n.U[0].shape[0], embedding) * 0.1]
        self.tables = [U.requires_grad_() for U in self.tables]
        self.V, self.c = n.V.detach().clone().requires_grad_(), n.c.detach().clone().requires_grad_()
        suffixes = ["", "_reverse"][: n.directions]
        if self.same:
            with torch.no_grad():
                for d, s in enumerate(suffixes):
                    getattr(self.layer, "weight_hh_l0" + s).copy_(n.W[d].t())
                    getattr(self.layer, "bias_hh_l0" + s).copy_(n.b[d])
                    getattr(self.layer, "bias_ih_l0" + s).zero_().requires_grad_(False)
                    getattr(self.layer, "weight_ih_l0" + s).copy_(torch.eye(size)).requires_grad_(False)
        dense = [w for w in self.layer.parameters() if w.requires_grad] + [self.V, self.c]
        self.optimizers = [
            torch.optim.SGD(dense, lr=n.rate, momentum=n.momentum, foreach=True),
            torch.optim.SGD(self.tables, lr=n.table_rate),
        ]

    def logits(self, batch):
        x = F.embedding(batch.ids if self.packed else batch.padded_ids[0], self.tables[0], sparse=True)
        if self.packed:
            states = self.layer(PackedSequence(x, batch.sizes_tensor))[0].data
        else:
            states = self.layer(x.view(batch.steps, batch.sentences, -1))[0].flatten(0, 1)
        return torch.addmm(self.c, states, self.V)

    def train(self, batch):
        gold = batch.gold if self.packed else batch.padded_gold
        loss = F.cross_entropy(self.logits(batch), gold, reduction="sum") / batch.sentences
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        for optimizer in self.optimizers:
            optimizer.step()
        return loss.item()

    def tag(self, batch):
        with torch.inference_mode():
            tags = self.logits(batch).argmax(1)
            return tags if self.packed else tags[batch.padded]


def formulations(cell, directions):
    """Functions of a network, by name."""
    loops = {"elman": (elman_loop, elman_jit), "lstm": (lstm_loop, lstm_jit)}[cell]
    found = {
        "loop, packed": lambda n: Loop(n, loops[0]),
        "loop, packed, sparse gradient": lambda n: Loop(n, loops[0], sparse=True),
        "loop, packed, JIT": lambda n: Loop(n, loops[1], split=False),
        "loop, padded": lambda n: PaddedLoop(n, loops[0]),
        "written-out gradients": Manual,
    }
    if cell == "lstm":
        found["loop, packed, one sigmoid"] = lambda n: Loop(n, lstm_loop_merged)
    if directions == 2:
        found["loop, packed, both directions at once"] = lambda n: Loop(n, lstm_loop_both, both=True)
    else:
        found["library layer, packed"] = lambda n: Layer(n, True)
        found["library layer, padded"] = lambda n: Layer(n, False)
    found["library layer, packed, embeddings of 128"] = lambda n: Layer(n, True, 128)
    return found


class Session:
    """What the benchmark asks for, a method a command."""

    def setup(self, request):
        flat = numpy.fromfile(request["weights"], dtype="<f4")
        self.weights, offset = {}, 0
        for name, rows, columns in request["shapes"]:
            self.weights[name] = flat[offset : offset + rows * columns].reshape(rows, columns)
            offset += rows * columns
        self.request = request
        self.batches = [Batch(*batch) for batch in request["batches"]]
        self.tokens = sum(batch.rows for batch in self.batches)
        self.makers = formulations(request["cell"], 2 if request["bidirectional"] else 1)
        self.made = {}
        return {"formulations": [[name, self.formulation(name).same] for name in self.makers]}

    def formulation(self, name):
        if name not in self.made:
            self.made[name] = self.makers[name](Network(self.request, self.weights))
        return self.made[name]

    def check(self, request):
        """Tags of the first batches under the first weights, and the losses of as many steps."""
        one = self.formulation(request["formulation"])
        batches = self.batches[: request["steps"]]
        tags = [one.tag(batch).tolist() for batch in batches]
        return {"tags": tags, "losses": [one.train(batch) for batch in batches]}

    def train(self, request):
        return self.timed(self.formulation(request["formulation"]).train)

    def tag(self, request):
        return self.timed(self.formulation(request["formulation"]).tag)

    def timed(self, run):
        """Seconds of the processor, in all threads, and by the clock, for all batches."""
        clock, begin = time.perf_counter(), time.process_time()
        for batch in self.batches:
            run(batch)
        seconds = time.process_time() - begin
        return {"seconds": seconds, "clock": time.perf_counter() - clock, "tokens": self.tokens}


def main():
    torch.set_num_threads(int(sys.argv[1]))
    session = Session()
    print(json.dumps({"version": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(getattr(session, request["command"])(request)), flush=True)


main()
