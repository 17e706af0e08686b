"""Writes what PyTorch makes of the networks of StyleGAN2: their outputs, and one whole step with R1 and path lengths, in float64.

Usage: python golden_stylegan2.py [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden

Written from the papers' description (Karras et al. 2019, 2020, 2020 "Limited Data"), in another way than the Java code: each
image has modulated weights of its own, doubling puts zeros between pixels and convolves, filters are outer products, networks are
functions of named tensors, and Adam is written out. All random numbers come from torch.Generator(SEED) in the order in which the
step draws them. Each case has CASE/{generator,discriminator}/before/NAME and, after a step, .../after/NAME.
"""

import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

SEED = 2911
BATCH = 4
LATENT = 4
OUT = {}
WEIGHTS = torch.Generator().manual_seed(1812)
RANDOM = torch.Generator()
D = torch.float64


def put(name, tensor):
    OUT[name] = torch.as_tensor(tensor, dtype=D).detach().clone().contiguous()


def draw(*shape, scale=1.0, shift=0.0):
    return torch.randn(shape, generator=WEIGHTS, dtype=D) * scale + shift


# --- weights ------------------------------------------------------------------------------------------------------------


def linear_weights(state, name, inputs, outputs, multiplier=1.0, start=0.0):
    state[name + ".weight"] = draw(outputs, inputs, scale=1 / multiplier)
    state[name + ".bias"] = draw(outputs, scale=0.3 / multiplier, shift=start / multiplier)


def mapping_weights(state, name, inputs, size, depth, classes=0):
    if classes:
        linear_weights(state, name + ".embedding", classes, size)
        inputs += size
    for layer in range(depth):
        linear_weights(state, f"{name}.layers.{2 * layer}", inputs, size, multiplier=0.01)
        inputs = size


def channels(base, most, side):
    return min(most, base // side)


def generator_weights(base, most, size, depth, side, colours, classes=0):
    state = {}
    mapping_weights(state, "mapping", LATENT, size, depth, classes)
    state["w_avg"] = draw(size, scale=0.1)
    state["constant"] = draw(channels(base, most, 4), 4, 4)
    s, width, layer, level = 4, channels(base, most, 4), 0, 0
    while s <= side:
        out = channels(base, most, s)
        for inputs in ([] if s == 4 else [width]) + [out]:
            linear_weights(state, f"layers.{layer}.affine", size, inputs, start=1)
            state[f"layers.{layer}.conv.weight"] = draw(out, inputs, 3, 3)
            state[f"layers.{layer}.noise.strength"] = draw(1, scale=0.3)
            state[f"layers.{layer}.bias"] = draw(out, scale=0.3)
            layer += 1
        linear_weights(state, f"colours.{level}.affine", size, out, start=1)
        state[f"colours.{level}.conv.weight"] = draw(colours, out, 1, 1)
        state[f"colours.{level}.bias"] = draw(colours, scale=0.3)
        s, width, level = 2 * s, out, level + 1
    return state


def discriminator_weights(base, most, side, colours, residual, classes=0):
    state = {"layers.0.weight": draw(channels(base, most, side), colours, 1, 1),
             "layers.0.bias": draw(channels(base, most, side), scale=0.3)}
    s, index = side, 2
    while s > 4:
        inputs, out = channels(base, most, s), channels(base, most, s // 2)
        for name, width in (("conv0", inputs), ("conv1", out)):
            state[f"layers.{index}.{name}.weight"] = draw(width, inputs, 3, 3)
            state[f"layers.{index}.{name}.bias"] = draw(width, scale=0.3)
        if residual:
            state[f"layers.{index}.skip.weight"] = draw(out, inputs, 1, 1)
        s, index = s // 2, index + 1
    c = channels(base, most, 4)
    state[f"layers.{index + 1}.weight"] = draw(c, c + 1, 3, 3)
    state[f"layers.{index + 1}.bias"] = draw(c, scale=0.3)
    linear_weights(state, f"layers.{index + 4}", 16 * c, c)
    linear_weights(state, "linear", c, c if classes else 1)
    if classes:
        mapping_weights(state, "mapping", 0, c, 8, classes)
    return state


# --- networks -----------------------------------------------------------------------------------------------------------


def lrelu(x):
    return math.sqrt(2) * torch.maximum(x, 0.2 * x)


def linear(state, name, x, multiplier=1.0):
    weight = state[name + ".weight"] * (multiplier / math.sqrt(x.shape[1]))
    return torch.einsum("ni,oi->no", x, weight) + state[name + ".bias"] * multiplier


def conv(state, name, x, **how):
    weight = state[name + ".weight"]
    fan = weight[0].numel()
    y = F.conv2d(x, weight / math.sqrt(fan), **how)
    return y + state[name + ".bias"][None, :, None, None] if name + ".bias" in state else y


def unit(x):
    return x / torch.sqrt((x ** 2).mean(dim=1, keepdim=True) + 1e-8)


def mapping(state, name, depth, z=None, labels=None):
    parts = [] if z is None else [unit(z.to(D))]
    if labels is not None:
        width = state[name + ".embedding.weight"].shape[1]
        parts.append(unit(linear(state, name + ".embedding", F.one_hot(labels, width).to(D))))
    x = torch.cat(parts, dim=1)
    for layer in range(depth):
        x = lrelu(linear(state, f"{name}.layers.{2 * layer}", x, multiplier=0.01))
    return x


def fir(x, gain, before, after):
    line = torch.tensor([1.0, 3.0, 3.0, 1.0], dtype=D)
    kernel = (gain * torch.outer(line, line) / 64).expand(x.shape[1], 1, 4, 4)
    return F.conv2d(F.pad(x, (before, after, before, after)), kernel, groups=x.shape[1])


def spread(x):
    """Zeros behind each pixel, along both axes."""
    n, c, h, w = x.shape
    y = x.new_zeros(n, c, 2 * h, 2 * w)
    y[:, :, ::2, ::2] = x
    return y


def up(x):
    return fir(spread(x), 4, 2, 1)


def down(x):
    return fir(x, 1, 1, 1)[:, :, ::2, ::2]


def modulated(weight, x, s, demodulate, doubled=False):
    own = weight[None] * s[:, None, :, None, None]
    if demodulate:
        own = own * torch.rsqrt((own ** 2).sum(dim=(2, 3, 4), keepdim=True) + 1e-8)
    else:
        own = own / math.sqrt(weight[0].numel())
    images = []
    for image, kernel in zip(x, own):
        if doubled:  # a true convolution of the image with zeros between its pixels, whose result has side 2H + 1
            wide = F.pad(spread(image[None]), (2, 1, 2, 1))
            images.append(fir(F.conv2d(wide, kernel.flip(2, 3)), 4, 1, 1))
        else:
            images.append(F.conv2d(image[None], kernel, padding=weight.shape[2] // 2))
    return torch.cat(images)


def synthesize(state, styles, noise):
    """noise(layer, n, side) gives the maps of a layer."""
    x = state["constant"][None].expand(styles.shape[0], -1, -1, -1)
    image, layer, level, side = None, 0, 0, 4
    while f"colours.{level}.bias" in state:
        for doubled in [False] if level == 0 else [True, False]:
            name = f"layers.{layer}"
            s = linear(state, name + ".affine", styles[:, layer])
            x = modulated(state[name + ".conv.weight"], x, s, True, doubled)
            x = x + state[name + ".noise.strength"] * noise(layer, styles.shape[0], side)
            x = lrelu(x + state[name + ".bias"][None, :, None, None])
            layer += 1
        name = f"colours.{level}"
        s = linear(state, name + ".affine", styles[:, layer])
        added = modulated(state[name + ".conv.weight"], x, s, False) + state[name + ".bias"][None, :, None, None]
        image = added if image is None else up(image) + added
        level, side = level + 1, 2 * side
    return image


def discriminate(state, x, residual, group, labels=None):
    x = lrelu(conv(state, "layers.0", x))
    index = 2
    while f"layers.{index}.conv0.weight" in state:
        name = f"layers.{index}"
        y = lrelu(conv(state, name + ".conv0", x, padding=1))
        y = lrelu(conv(state, name + ".conv1", fir(y, 1, 2, 2), stride=2))
        x = math.sqrt(0.5) * y + conv(state, name + ".skip", down(x)) * math.sqrt(0.5) if residual else y
        index += 1
    n = x.shape[0]
    size = min(group, n)
    deviations = []
    for image in range(n):
        mine = torch.stack([x[j] for j in range(n) if j % (n // size) == image % (n // size)])
        deviation = torch.sqrt(((mine - mine.mean(dim=0)) ** 2).mean(dim=0) + 1e-8).mean()
        deviations.append(deviation.expand(1, *x.shape[2:]))
    x = torch.cat([x, torch.stack(deviations)], dim=1)
    x = lrelu(conv(state, f"layers.{index + 1}", x, padding=1))
    x = lrelu(linear(state, f"layers.{index + 4}", x.flatten(1)))
    x = linear(state, "linear", x)
    if labels is None:
        return x.squeeze(1)
    return (x * mapping(state, "mapping", 8, labels=labels)).sum(dim=1) / math.sqrt(x.shape[1])


def fixed(layer, n, side):
    seeded = torch.Generator().manual_seed(layer)
    return torch.empty(1, 1, side, side).normal_(generator=seeded).to(D)


def drawn(layer, n, side):
    return torch.empty(n, 1, side, side, dtype=D).normal_(generator=RANDOM)


# --- one step -----------------------------------------------------------------------------------------------------------


def latents(n):
    return torch.empty(n, LATENT).normal_(generator=RANDOM)


def styles(state, n, mixing, depth, count):
    w = mapping(state, "mapping", depth, latents(n))
    state["w_avg"] = 0.995 * state["w_avg"] + 0.005 * w.detach().mean(dim=0)
    layers = [w] * count
    if torch.empty(1).uniform_(0, 1, generator=RANDOM).item() < mixing:
        first = 1 + torch.empty(1, dtype=torch.int64).random_(count - 1, generator=RANDOM).item()
        layers[first:] = [mapping(state, "mapping", depth, latents(n))] * (count - first)
    return torch.stack(layers, dim=1)


class Adam:
    def __init__(self, rate, beta1, beta2):
        self.rate, self.beta1, self.beta2, self.m, self.v, self.t = rate, beta1, beta2, {}, {}, 0

    def step(self, state, loss):
        trained = [name for name in state if name != "w_avg"]
        gradients = torch.autograd.grad(loss, [state[name] for name in trained], allow_unused=True)
        self.t += 1
        for name, g in zip(trained, gradients):
            g = torch.zeros_like(state[name]) if g is None else g
            self.m[name] = self.beta1 * self.m.get(name, 0) + (1 - self.beta1) * g
            self.v[name] = self.beta2 * self.v.get(name, 0) + (1 - self.beta2) * g * g
            m = self.m[name] / (1 - self.beta1 ** self.t)
            v = self.v[name] / (1 - self.beta2 ** self.t)
            state[name] = (state[name] - self.rate * m / (v.sqrt() + 1e-8)).detach().requires_grad_()


def whole_step():
    residual, group, depth, mixing, count = True, 2, 2, 0.9, 6
    g = generator_weights(48, 5, 3, depth, 16, 3)
    d = discriminator_weights(48, 5, 16, 3, residual)
    for role, state in (("generator", g), ("discriminator", d)):
        for name, value in state.items():
            put(f"step/{role}/before/{name}", value)
            if name != "w_avg":
                state[name] = value.clone().requires_grad_()
    real = draw(BATCH, 3, 16, 16, scale=0.5).float()
    put("step/real", real)
    real = real.to(D)
    z = draw(BATCH, LATENT).float()
    put("step/latent", z)
    w = mapping(g, "mapping", depth, z)[:, None].expand(-1, count, -1)
    put("step/samples", synthesize(g, w, fixed))
    put("step/truncated", synthesize(g, g["w_avg"] + 0.7 * (w - g["w_avg"]), fixed))
    put("step/logits", discriminate(d, real, residual, group))

    RANDOM.manual_seed(SEED)
    adam_d, adam_g = Adam(0.0018, 0, 0.9906), Adam(0.0016, 0, 0.992)
    fake = synthesize(g, styles(g, BATCH, mixing, depth, count), drawn).detach()
    of_real, of_fake = discriminate(d, real, residual, group), discriminate(d, fake, residual, group)
    loss = F.softplus(-of_real).mean() + F.softplus(of_fake).mean()
    for name, value in (("discriminatorLoss", loss), ("realLogit", of_real.mean()), ("fakeLogit", of_fake.mean())):
        put("step/report/" + name, value)
    adam_d.step(d, loss)
    x = real.clone().requires_grad_()
    slope, = torch.autograd.grad(discriminate(d, x, residual, group).sum(), x, create_graph=True)
    r1 = 5 * 16 * (slope ** 2).sum(dim=(1, 2, 3)).mean()
    put("step/report/penalty.r1", r1)
    adam_d.step(d, r1)

    fake = synthesize(g, styles(g, BATCH, mixing, depth, count), drawn)
    loss = F.softplus(-discriminate(d, fake, residual, group)).mean()
    put("step/report/generatorLoss", loss)
    adam_g.step(g, loss)
    w = styles(g, BATCH // 2, mixing, depth, count)
    images = synthesize(g, w, drawn)
    y = torch.empty(images.shape, dtype=D).normal_(generator=RANDOM) / 16
    slope, = torch.autograd.grad((images * y).sum(), w, create_graph=True)
    lengths = torch.sqrt((slope ** 2).sum(dim=2).mean(dim=1))
    mean = 0.01 * lengths.mean()
    put("step/mean", mean.detach())
    penalty = 2 * 4 * ((lengths - mean) ** 2).mean()
    put("step/report/regularizer.pl", penalty)
    adam_g.step(g, penalty)
    for role, state in (("generator", g), ("discriminator", d)):
        for name, value in state.items():
            put(f"step/{role}/after/{name}", value)


def conditional():
    g = generator_weights(32, 3, 4, 3, 8, 1, classes=3)
    d = discriminator_weights(32, 3, 8, 1, False, classes=3)
    for role, state in (("generator", g), ("discriminator", d)):
        for name, value in state.items():
            put(f"classes/{role}/before/{name}", value)
    labels = torch.tensor([1, 0, 2, 1])
    z, x = draw(BATCH, LATENT).float(), draw(BATCH, 1, 8, 8)
    put("classes/latent", z)
    put("classes/images", x)
    w = mapping(g, "mapping", 3, z, labels)[:, None].expand(-1, 4, -1)
    put("classes/samples", synthesize(g, w, fixed))
    put("classes/logits", discriminate(d, x, False, 4, labels))


def main(directory):
    whole_step()
    conditional()
    save_file(OUT, directory / "stylegan2.safetensors")


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
