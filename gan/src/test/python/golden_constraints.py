"""Writes what PyTorch makes of constraints: parametrized layers, and whole training steps of the published methods.

Usage: python golden_constraints.py [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden

Layers: KIND/LAYER/{before,after}/NAME is the state before and after three forward passes in training, input the input of
all, output the output of the third, grad/NAME the gradients of sum(output * probe), in_use the output in eval mode then.

Steps: as in golden_networks.py, with CASE/real the examples that the updates take in order, and CASE/report/penalty.NAME.
Random numbers are drawn from torch.Generator(SEED) in the order in which the step draws them: for each update of the
discriminator the latents and then what its penalties draw, for one of the generator its latents.
"""

import pathlib
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file
from torch.nn.utils.parametrizations import spectral_norm, weight_norm

from golden_networks import DcganDiscriminator, DcganGenerator, MlpDiscriminator, MlpGenerator

SEED = 1802
BATCH = 8  # a power of two: the critic's last bias then has a gradient of exactly 0 under the Wasserstein loss
OUT = {}


def put(name, tensor):
    OUT[name] = torch.as_tensor(tensor).detach().clone().contiguous()


def put_module(prefix, module):
    for name, value in module.state_dict().items():
        put(f"{prefix}/{name}", value)


def layer(kind, name, module, parametrize, x):
    prefix = f"{kind}/{name}"
    parametrize(module)
    module.train()
    put_module(f"{prefix}/before", module)
    put(f"{prefix}/input", x)
    for _ in range(3):
        output = module(x)
    probe = torch.randn(output.shape)
    gradients = torch.autograd.grad((output * probe).sum(), list(module.parameters()))
    for (key, _), gradient in zip(module.named_parameters(), gradients):
        put(f"{prefix}/grad/{key}", gradient)
    put(f"{prefix}/output", output)
    put(f"{prefix}/probe", probe)
    put_module(f"{prefix}/after", module)
    module.eval()
    put(f"{prefix}/in_use", module(x))


def layers():
    torch.manual_seed(1)
    for kind in ("spectral", "weight"):
        for name, module, x in (
            ("linear", nn.Linear(5, 4), torch.randn(3, 5)),
            ("conv", nn.Conv2d(2, 4, 3, 2, 1), torch.randn(2, 2, 5, 5)),
            ("transposed", nn.ConvTranspose2d(2, 3, 4, 2, 1), torch.randn(2, 2, 3, 3)),
        ):
            axis = 1 if name == "transposed" else 0  # outputs; spectral_norm knows, weight_norm must be told
            layer(kind, name, module, spectral_norm if kind == "spectral" else lambda m: weight_norm(m, dim=axis), x)


def grown(module, factor):
    """Larger weights, so that gradients are not tiny."""
    with torch.no_grad():
        for weight in module.parameters():
            if weight.dim() > 1:
                weight.mul_(factor)
    return module


def sample_norms(logits, x):
    gradient = torch.autograd.grad(logits.sum(), x, create_graph=True)[0]
    return gradient.flatten(1).square().sum(1)


def normalized(d):
    """Equation 8 of Wu et al. (2021): the logit over the norm of its gradient plus its own size."""

    def f_hat(x):
        if not x.requires_grad:
            x = x.detach().requires_grad_(True)
        f = d(x)
        return f / (sample_norms(f, x).sqrt() + f.abs())

    return f_hat


def between(weight):
    def penalty(d, real, fake):
        share = torch.empty(len(real), *[1] * (real.dim() - 1)).uniform_(0, 1, generator=RANDOM)
        x = (fake + share * (real - fake)).requires_grad_(True)
        return weight * (sample_norms(d(x), x).sqrt() - 1).square().mean()

    return penalty


def zero_centred(gamma, on_real):
    def penalty(d, real, fake):
        x = (real if on_real else fake).detach().clone().requires_grad_(True)
        return gamma / 2 * sample_norms(d(x), x).mean()

    return penalty


OBJECTIVES = {
    "wasserstein": (lambda r, f: f.mean() - r.mean(), lambda r, f: -f.mean()),
    "hinge": (lambda r, f: F.relu(1 - r).mean() + F.relu(1 + f).mean(), lambda r, f: -f.mean()),
    "least_squares": (
        lambda r, f: 0.5 * (r - 1).square().mean() + 0.5 * f.square().mean(),
        lambda r, f: 0.5 * (f - 1).square().mean(),
    ),
    "relativistic": (lambda r, f: F.softplus(-(r - f)).mean(), lambda r, f: F.softplus(-(f - r)).mean()),
}


def normal(count, size):
    return torch.empty(count, size).normal_(0, 1, generator=RANDOM)


def case(name, g, d, latent, shape, objective, make, critic=None, penalties={}, clip=None, critic_steps=1,
         generator_first=False, generator_batches=1):
    global RANDOM
    critic = critic or d
    d_loss, g_loss = OBJECTIVES[objective]
    relative = objective == "relativistic"
    many = BATCH * generator_batches
    RANDOM = torch.Generator().manual_seed(SEED + 1)
    count = BATCH * critic_steps + many * relative
    real = torch.tanh(normal(count, torch.Size(shape).numel())).reshape(count, *shape)
    put(f"{name}/real", real)
    g.train(), d.train()
    for role, module in (("generator", g), ("discriminator", d)):
        put_module(f"{name}/{role}/before", module)
    RANDOM = torch.Generator().manual_seed(SEED)
    optimizers = {"generator": make(list(g.parameters())), "discriminator": make(list(d.parameters()))}
    report = {}

    def minimize(role, module, loss):
        for weight, gradient in zip(module.parameters(), torch.autograd.grad(loss, list(module.parameters()))):
            weight.grad = gradient
        optimizers[role].step()

    def update_generator():
        fake_logits = critic(g(normal(many, latent)))
        with torch.no_grad():
            real_logits = critic(real[-many:]) if relative else None
        loss = g_loss(real_logits, fake_logits)
        report["generatorLoss"] = loss.item()
        minimize("generator", g, loss)

    def update_discriminator(k):
        batch = real[k * BATCH:(k + 1) * BATCH]
        with torch.no_grad():
            fake = g(normal(BATCH, latent))
        real_logits, fake_logits = critic(torch.cat([batch, fake])).split(BATCH)
        loss = d_loss(real_logits, fake_logits)
        values = {"discriminatorLoss": loss, "realLogit": real_logits.mean(), "fakeLogit": fake_logits.mean()}
        for key, penalty in penalties.items():
            values[f"penalty.{key}"] = penalty(critic, batch, fake)
            loss = loss + values[f"penalty.{key}"]
        for key, value in values.items():
            report[key] = report.get(key, 0) + value.item() / critic_steps
        minimize("discriminator", d, loss)
        if clip is not None:
            with torch.no_grad():
                for weight in d.parameters():
                    weight.clamp_(-clip, clip)

    if generator_first:
        update_generator()
    for k in range(critic_steps):
        update_discriminator(k)
    if not generator_first:
        update_generator()

    for key, value in report.items():
        put(f"{name}/report/{key}", torch.tensor(value, dtype=torch.float64))
    for role, module in (("generator", g), ("discriminator", d)):
        put_module(f"{name}/{role}/after", module)
        for key, weight in module.named_parameters():
            for kind, value in optimizers[role].state[weight].items():
                if kind != "step" or isinstance(optimizers[role], torch.optim.Adam):  # RMSProp's does not count
                    put(f"{name}/{role}_optimizer/{key}.{kind}", value)


def adam(beta1, beta2, lr=2e-4):
    return lambda parameters: torch.optim.Adam(parameters, lr=lr, betas=(beta1, beta2))


def points():
    return grown(MlpGenerator(4, [12], (2,)), 5), grown(MlpDiscriminator((2,), [12, 8], 1, (0, 0)), 5)


def steps():
    g, d = points()
    case("wgan_gp", g, d, 4, (2,), "wasserstein", adam(0.0, 0.9), penalties={"gp": between(10)}, critic_steps=2)

    g, d = grown(DcganGenerator(2, 6, 1, 16), 3), grown(DcganDiscriminator(2, 1, 16, False), 4)
    case("gngan", g, d, 6, (1, 16, 16), "hinge", adam(0.0, 0.9), critic=normalized(d))

    g, d = grown(MlpGenerator(5, [10], (1, 5, 5)), 5), grown(MlpDiscriminator((1, 5, 5), [7], 3, (0, 0)), 5)
    # SGD, since real and fake samples of one maxout piece cancel in its bias: Adam would make a step of the rounding.
    case("rpgan", g, d, 5, (1, 5, 5), "relativistic", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.5),
         penalties={"r1": zero_centred(0.5, True), "r2": zero_centred(0.5, False)})

    g, d = points()
    case("wgan", g, d, 4, (2,), "wasserstein", lambda p: torch.optim.RMSprop(p, lr=5e-5), clip=0.4, critic_steps=2)

    g, d = grown(DcganGenerator(2, 6, 1, 16), 3), grown(DcganDiscriminator(2, 1, 16, False), 4)
    torch.manual_seed(2)
    for module in list(d.layers):
        if isinstance(module, nn.Conv2d):
            spectral_norm(module)
    case("sngan", g, d, 6, (1, 16, 16), "hinge", adam(0.0, 0.9), generator_first=True, generator_batches=2)

    g, d = points()
    # After 4 of 10 steps, falling from the second on: 1 - (4 - 2) / (10 - 2).
    case("lsgan", g, d, 4, (2,), "least_squares", adam(0.5, 0.999, 2e-4 * 0.75))


def main(directory):
    layers()
    steps()
    save_file(OUT, directory / "constraints.safetensors")


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
