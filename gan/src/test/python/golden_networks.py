"""Writes what PyTorch makes of whole networks: their outputs, and one whole adversarial step.

Usage: python golden_networks.py [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden

The networks are those of DcganConfig and MlpConfig, with the same state-dict names. Latents and dropout are drawn from
torch.Generator(SEED) in the order in which the step draws them, so another implementation with that generator draws the
same. Each case has CASE/{generator,discriminator}/before/NAME and .../after/NAME, CASE/real, CASE/latent, CASE/samples,
CASE/logits (in use, before the step), CASE/report/{discriminatorLoss,...} and the optimizers' CASE/*_optimizer/NAME.KIND.
"""

import pathlib
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

SEED = 1511
BATCH = 6
OUT = {}
WEIGHTS = torch.Generator().manual_seed(1929)


def put(name, tensor):
    OUT[name] = torch.as_tensor(tensor).detach().clone().contiguous()


class Layers(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)
        for name, value in self.state_dict().items():
            if value.is_floating_point():
                value.normal_(0, 0.1, generator=WEIGHTS)
                if "running_var" in name or (value.dim() == 1 and name.endswith("weight")):
                    value.abs_().add_(0.5)


def halvings(size):
    n = 0
    while size % 2 == 0 and size // 2 >= 4:
        size, n = size // 2, n + 1
    return n, size


class DcganGenerator(Layers):
    def __init__(self, width, latent, channels, size):
        n, base = halvings(size)
        ch = width * min(2 ** (n - 1), 8)
        layers = [nn.ConvTranspose2d(latent, ch, base, bias=False)]
        for level in reversed(range(n)):
            out = channels if level == 0 else width * min(2 ** (level - 1), 8)
            layers += [nn.BatchNorm2d(ch), nn.ReLU(), nn.ConvTranspose2d(ch, out, 4, 2, 1, bias=level == 0)]
            ch = out
        super().__init__(layers + [nn.Tanh()])

    def forward(self, z):
        return self.layers(z[:, :, None, None])


class DcganDiscriminator(Layers):
    one_pass = False

    def __init__(self, width, channels, size, normalized=True):
        n, base = halvings(size)
        layers, ch = [], channels
        for level in range(1, n + 1):
            norm = normalized and level > 1
            out = width * min(2 ** (level - 1), 8)
            layers += [nn.Conv2d(ch, out, 4, 2, 1, bias=not norm)] + [nn.BatchNorm2d(out)] * norm + [nn.LeakyReLU(0.2)]
            ch = out
        super().__init__(layers + [nn.Conv2d(ch, 1, base)])
        self.one_pass = not normalized

    def forward(self, x):
        return self.layers(x).flatten()


class SeededDropout(nn.Module):
    """Dropout that draws from the step's generator."""

    def __init__(self, probability):
        super().__init__()
        self.probability = probability

    def forward(self, x):
        if not self.training:
            return x
        kept = torch.empty(x.shape).bernoulli_(1 - self.probability, generator=RANDOM)
        return x * (kept / (1 - self.probability))


class Maxout(nn.Module):
    def __init__(self, pieces):
        super().__init__()
        self.pieces = pieces

    def forward(self, x):
        return x.reshape(x.shape[0], -1, self.pieces).max(dim=2).values


class MlpGenerator(Layers):
    def __init__(self, latent, hidden, shape):
        layers, units = [], latent
        for h in hidden:
            layers += [nn.Linear(units, h), nn.ReLU()]
            units = h
        super().__init__(layers + [nn.Linear(units, torch.Size(shape).numel())])
        self.shape = shape

    def forward(self, z):
        y = self.layers(z)
        return torch.sigmoid(y).reshape(-1, *self.shape) * 2 - 1 if len(self.shape) == 3 else y


class MlpDiscriminator(Layers):
    one_pass = True

    def __init__(self, shape, hidden, pieces, dropout):
        layers, units = [], torch.Size(shape).numel()
        for i, h in enumerate(hidden):
            layers += [SeededDropout(dropout[min(i, 1)])] * (dropout[min(i, 1)] > 0) + [nn.Linear(units, h * pieces)]
            layers += [nn.LeakyReLU(0.2) if pieces == 1 else Maxout(pieces)]
            units = h
        super().__init__(layers + [SeededDropout(dropout[1])] * (dropout[1] > 0) + [nn.Linear(units, 1)])
        self.image = len(shape) == 3

    def forward(self, x):
        return self.layers(x.flatten(1) * 0.5 + 0.5 if self.image else x).squeeze(1)


def uniform(n, size):
    return torch.empty(n, size).uniform_(-1, 1, generator=RANDOM)


def normal(n, size):
    return torch.empty(n, size).normal_(0, 1, generator=RANDOM)


def put_module(prefix, module):
    for name, value in module.state_dict().items():
        put(f"{prefix}/{name}", value)


def adam(parameters):
    return torch.optim.Adam(parameters, lr=2e-4, betas=(0.5, 0.999))


def sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.1, momentum=0.5)


def case(name, g, d, prior, latent, shape, make):
    global RANDOM
    RANDOM = torch.Generator().manual_seed(SEED + 1)
    real = torch.tanh(normal(BATCH, torch.Size(shape).numel())).reshape(BATCH, *shape)
    put(f"{name}/real", real)
    for role, module in (("generator", g), ("discriminator", d)):
        put_module(f"{name}/{role}/before", module)

    g.eval(), d.eval()
    z = prior(4, latent)
    put(f"{name}/latent", z)
    put(f"{name}/samples", g(z))
    put(f"{name}/logits", d(real))

    g.train(), d.train()
    RANDOM = torch.Generator().manual_seed(SEED)
    optimizers = {"generator_optimizer": make(list(g.parameters())), "discriminator_optimizer": make(list(d.parameters()))}
    with torch.no_grad():
        fake = g(prior(BATCH, latent))
    if d.one_pass:
        real_logits, fake_logits = d(torch.cat([real, fake])).split(BATCH)
    else:
        real_logits, fake_logits = d(real), d(fake)
    loss = F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()
    optimizers["discriminator_optimizer"].zero_grad()
    loss.backward()
    optimizers["discriminator_optimizer"].step()
    generator_loss = F.softplus(-d(g(prior(BATCH, latent)))).mean()
    optimizers["generator_optimizer"].zero_grad()
    generator_loss.backward()
    optimizers["generator_optimizer"].step()

    put(f"{name}/report/discriminatorLoss", loss)
    put(f"{name}/report/generatorLoss", generator_loss)
    put(f"{name}/report/realLogit", real_logits.mean())
    put(f"{name}/report/fakeLogit", fake_logits.mean())
    for role, module in (("generator", g), ("discriminator", d)):
        put_module(f"{name}/{role}/after", module)
        optimizer = optimizers[f"{role}_optimizer"]
        for key, weight in module.named_parameters():
            for kind, value in optimizer.state[weight].items():
                put(f"{name}/{role}_optimizer/{key}.{kind}", value)


def main(directory):
    case("dcgan28", DcganGenerator(4, 8, 1, 28), DcganDiscriminator(4, 1, 28), uniform, 8, (1, 28, 28), adam)
    case("dcgan32", DcganGenerator(3, 8, 3, 32), DcganDiscriminator(3, 3, 32, False), normal, 8, (3, 32, 32), adam)
    case("mlp_image", MlpGenerator(5, [12, 10], (1, 8, 8)), MlpDiscriminator((1, 8, 8), [7, 6], 3, (0.2, 0.5)),
         normal, 5, (1, 8, 8), sgd)
    case("mlp_points", MlpGenerator(4, [16], (2,)), MlpDiscriminator((2,), [16, 8], 1, (0, 0)), uniform, 4, (2,), adam)
    save_file(OUT, directory / "networks.safetensors")


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
