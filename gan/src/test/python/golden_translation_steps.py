"""Writes whole optimisation steps of pix2pix and CycleGAN, with the networks of the official PyTorch implementation.

Usage: python golden_translation_steps.py OFFICIAL [DIRECTORY]
needs torch and safetensors. OFFICIAL is a folder with models/networks.py of pytorch-CycleGAN-and-pix2pix; the directory
defaults to ../resources/golden.

Everything is float64, since Adam turns rounding errors of vanishing gradients into whole steps. Tensors are named
case/before/PART/NAME and case/after/PART/NAME for states, case/a and case/b for the pictures of all steps, and
case/losses/NAME for one number a step. Dropout draws from the global generator, the pools from one of their own; both start
from SEED.
"""

import functools
import pathlib
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

SEED = 1611
OUT = {}
PICTURES = torch.Generator().manual_seed(70)


def pictures(*shape):
    return torch.empty(shape, dtype=torch.float64).uniform_(-1, 1, generator=PICTURES)


def put(name, tensor):
    OUT[name] = tensor.detach().clone().contiguous()


def put_states(case, networks):
    for part, network in networks.items():
        for name, value in network.state_dict().items():
            put(f"{case}/{part}/{name}", value)


def prepare(network):
    """Weights as the official initialisation draws them, but larger, so that every term of a step counts."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.normal_(0.1, 0.2, generator=PICTURES)
    return network.double().train()


class Pool:
    """The official pool's rules, with numbers of a generator that the test has too."""

    def __init__(self, size, random):
        self.size, self.random, self.images = size, random, []

    def query(self, images):
        shown = []
        for image in images.detach():
            if len(self.images) < self.size:
                self.images.append(image)
                shown.append(image)
            elif torch.empty(1).uniform_(0, 1, generator=self.random).item() > 0.5:
                place = torch.empty(1, dtype=torch.int64).random_(self.size, generator=self.random).item()
                shown.append(self.images[place])
                self.images[place] = image
            else:
                shown.append(image)
        return torch.stack(shown)


def adam(*networks):
    return torch.optim.Adam([p for n in networks for p in n.parameters()], lr=2e-3, betas=(0.5, 0.999))


def bce(logits, real):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, float(real)))


def squares(logits, real):
    return F.mse_loss(logits, torch.full_like(logits, float(real)))


def pix2pix(official, dropout):
    case = "pix2pix_dropout" if dropout else "pix2pix"
    norm = torch.nn.BatchNorm2d
    g = prepare(official.UnetGenerator(3, 1, 5, 2, norm_layer=norm, use_dropout=dropout))
    d = prepare(official.NLayerDiscriminator(4, 3, n_layers=2, norm_layer=norm))
    networks = {"translator_a2b": g, "discriminator": d}
    put_states(f"{case}/before", networks)
    steps, batch = 2, 2
    a, b = pictures(steps * batch, 3, 32, 32), pictures(steps * batch, 1, 32, 32)
    put(f"{case}/a", a)
    put(f"{case}/b", b)
    of_g, of_d = adam(g), adam(d)
    torch.manual_seed(SEED)
    losses = {"discriminatorLoss": [], "generatorLoss": [], "l1": []}
    for step in range(steps):
        real_a, real_b = (x[step * batch : (step + 1) * batch] for x in (a, b))
        fake_b = g(real_a)
        of_d.zero_grad()
        on_fake = bce(d(torch.cat((real_a, fake_b), 1).detach()), False)
        on_real = bce(d(torch.cat((real_a, real_b), 1)), True)
        ((on_fake + on_real) * 0.5).backward()
        of_d.step()
        of_g.zero_grad()
        adversarial = bce(d(torch.cat((real_a, fake_b), 1)), True)
        l1 = F.l1_loss(fake_b, real_b)
        loss = adversarial + 100 * l1
        loss.backward()
        of_g.step()
        losses["discriminatorLoss"].append(on_fake + on_real)
        losses["generatorLoss"].append(loss)
        losses["l1"].append(l1)
    put_states(f"{case}/after", networks)
    for name, values in losses.items():
        put(f"{case}/losses/{name}", torch.stack([v.detach() for v in values]))


def cyclegan(official):
    norm = functools.partial(torch.nn.InstanceNorm2d, affine=False, track_running_stats=False)
    g_a, g_b = (prepare(official.ResnetGenerator(i, o, 2, norm_layer=norm, n_blocks=2)) for i, o in ((3, 3), (3, 3)))
    d_a, d_b = (prepare(official.NLayerDiscriminator(3, 2, n_layers=2, norm_layer=norm)) for _ in range(2))
    networks = {"translator_a2b": g_a, "translator_b2a": g_b, "discriminator_b": d_a, "discriminator_a": d_b}
    put_states("cyclegan/before", networks)
    steps = 6
    a, b = pictures(steps, 3, 16, 16), pictures(steps, 3, 16, 16)
    put("cyclegan/a", a)
    put("cyclegan/b", b)
    of_g, of_d = adam(g_a, g_b), adam(d_a, d_b)
    random = torch.Generator().manual_seed(SEED)
    pool_a, pool_b = Pool(2, random), Pool(2, random)
    losses = {"discriminatorLoss": [], "generatorLoss": [], "cycleA": [], "cycleB": [], "identityA": [], "identityB": []}
    for step in range(steps):
        real_a, real_b = a[step : step + 1], b[step : step + 1]
        fake_b = g_a(real_a)
        rec_a = g_b(fake_b)
        fake_a = g_b(real_b)
        rec_b = g_a(fake_a)
        of_g.zero_grad()
        same_b, same_a = F.l1_loss(g_a(real_b), real_b), F.l1_loss(g_b(real_a), real_a)
        cycle_a, cycle_b = F.l1_loss(rec_a, real_a), F.l1_loss(rec_b, real_b)
        loss = squares(d_a(fake_b), True) + squares(d_b(fake_a), True) + 10 * (cycle_a + cycle_b) + 5 * (same_a + same_b)
        loss.backward()
        of_g.step()
        of_d.zero_grad()
        shown = pool_b.query(fake_b)
        loss_a = (squares(d_a(real_b), True) + squares(d_a(shown), False)) * 0.5
        loss_a.backward()
        shown = pool_a.query(fake_a)
        loss_b = (squares(d_b(real_a), True) + squares(d_b(shown), False)) * 0.5
        loss_b.backward()
        of_d.step()
        values = ((loss_a + loss_b) / 2, loss, cycle_a, cycle_b, same_a, same_b)
        for name, value in zip(losses, values):
            losses[name].append(value.detach())
    put_states("cyclegan/after", networks)
    put("cyclegan/pool_a", torch.stack(pool_a.images))
    put("cyclegan/pool_b", torch.stack(pool_b.images))
    for name, values in losses.items():
        put(f"cyclegan/losses/{name}", torch.stack(values))


def schedules():
    """Factors of 40 epochs by PyTorch's schedulers with the official numbers, and the losses for the plateaus."""
    constant, decay, period = 10, 20, 7
    rates = torch.optim.lr_scheduler
    policies = {
        "linear": lambda o: rates.LambdaLR(o, lambda epoch: 1 - max(0, epoch + 1 - constant) / (decay + 1)),
        "step": lambda o: rates.StepLR(o, period, 0.1),
        "plateau": lambda o: rates.ReduceLROnPlateau(o, factor=0.2, threshold=0.01, patience=5),
        "cosine": lambda o: rates.CosineAnnealingLR(o, constant),
    }
    losses = (5 + pictures(40)).sort(descending=True).values
    losses[15:] = losses[15] * (1 + 0.002 * pictures(25))
    put("schedule/losses", losses)
    for policy, scheduler_of in policies.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        scheduler = scheduler_of(optimizer)
        factors = []
        for loss in losses[: constant + decay]:
            factors.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step(loss.item()) if policy == "plateau" else scheduler.step()
        put(f"schedule/{policy}", torch.tensor(factors, dtype=torch.float64))


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    from models import networks as official_networks

    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    directory = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else default
    torch.manual_seed(0)
    pix2pix(official_networks, False)
    pix2pix(official_networks, True)
    cyclegan(official_networks)
    schedules()
    save_file(OUT, directory / "translation_steps.safetensors")
    print({name: tuple(value.shape) for name, value in OUT.items() if "/losses/" in name})
