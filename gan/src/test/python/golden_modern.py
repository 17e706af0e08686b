"""Writes what PyTorch makes of SAGAN, BigGAN, GN-GAN in full and the "standard CNN" of SN-GAN: outputs of seeded weights, and one
whole step of SAGAN and of GN-GAN in float64.

Usage: python golden_modern.py [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden
       python golden_modern.py --sizes          parameters and multiplications an image of the recipes at their full size

Written from the papers' descriptions (Miyato et al. 2018, Zhang et al. 2019, Brock et al. 2019, Wu et al. 2021), with the names of
the Java networks and the computations in another form: attention takes its dot products with einsum, shortcuts are convolved at
the larger side, latents are split by torch.split. Spectral normalization is PyTorch's.

CASE/{generator,discriminator}/NAME are states, CASE/latent, CASE/labels, CASE/samples, CASE/images, CASE/logits what they give in
use. STEP/{generator,discriminator}/{before,after}/NAME, STEP/average/NAME, STEP/real, STEP/labels and STEP/report/NAME are of a
step, the fifth of ten; latents and labels are drawn from torch.Generator(SEED) in the order in which the step draws them.
"""

import pathlib
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file
from torch.nn.utils.parametrizations import spectral_norm

SEED = 1974
CLASSES = 3
OUT = {}
RANDOM = torch.Generator().manual_seed(SEED)


def put(name, tensor):
    OUT[name] = torch.as_tensor(tensor).detach().clone().contiguous()


def put_module(prefix, module):
    for name, value in module.state_dict().items():
        put(f"{prefix}/{name}", value)


def conv(cin, cout, kernel, bias=True):
    return nn.Conv2d(cin, cout, kernel, padding=kernel // 2, bias=bias)


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.theta = conv(channels, channels // 8, 1, False)
        self.phi = conv(channels, channels // 8, 1, False)
        self.g = conv(channels, channels // 2, 1, False)
        self.o = conv(channels // 2, channels, 1, False)
        self.gamma = nn.Parameter(torch.zeros(()))

    def forward(self, x, y=None):
        keys, values = (F.max_pool2d(layer(x), 2) for layer in (self.phi, self.g))
        scores = torch.einsum("nchw,ncij->nhwij", self.theta(x), keys)
        beta = scores.flatten(3).softmax(3).reshape(scores.shape)
        return x + self.gamma * self.o(torch.einsum("nhwij,ncij->nchw", beta, values))


class Norm(nn.Module):
    """Batch normalization with gains and biases of classes, or of vectors of this size."""

    def __init__(self, channels, classes=0, size=0):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels, affine=False)
        self.of_vectors = size > 0
        table = (lambda: nn.Linear(size, channels, bias=False)) if size else (lambda: nn.Embedding(classes, channels))
        self.gain, self.bias = table(), table()

    def forward(self, x, y):
        gain, bias = self.gain(y)[:, :, None, None], self.bias(y)[:, :, None, None]
        return self.bn(x) * (1 + gain if self.of_vectors else gain) + bias


class Plain(nn.BatchNorm2d):
    def forward(self, x, y=None):
        return super().forward(x)


class GenBlock(nn.Module):
    def __init__(self, cin, cout, norm, biases):
        super().__init__()
        self.residual = nn.ModuleList([
            norm(cin), nn.ReLU(), nn.Upsample(scale_factor=2), conv(cin, cout, 3, biases),
            norm(cout), nn.ReLU(), conv(cout, cout, 3, biases)])
        self.shortcut = conv(cin, cout, 1, biases)

    def forward(self, x, y):
        norm1, relu, up, conv1, norm2, _, conv2 = self.residual
        return conv2(relu(norm2(conv1(up(relu(norm1(x, y)))), y))) + self.shortcut(up(x))


class ResNetG(nn.Module):
    """channels[0] at the base, then one block for each further entry."""

    def __init__(self, latent, base, channels, image, classes=0, attention=(), spectral=False, biases=True,
                 shared=0, parts=False):
        super().__init__()
        n = len(channels) - 1
        self.base, self.part = base, latent // (n + 1) if parts else 0
        self.first = latent - n * self.part
        if shared:
            self.shared = nn.Embedding(classes, shared)
        size = self.part + shared

        def norm(width):
            return Norm(width, size=size) if size else Norm(width, classes) if classes else Plain(width)

        self.linear = nn.Linear(self.first, channels[0] * base * base)
        blocks, side = [], base
        for cin, cout in zip(channels, channels[1:]):
            side *= 2
            blocks += [GenBlock(cin, cout, norm, biases)] + ([Attention(cout)] if side in attention else [])
        self.blocks = nn.ModuleList(blocks)
        self.output = nn.Sequential(nn.BatchNorm2d(channels[-1]), nn.ReLU(), conv(channels[-1], image, 3), nn.Tanh())
        if spectral:
            normalize_all(self)

    def forward(self, z, y=None):
        parts = torch.split(z, [self.first] + [self.part] * ((z.shape[1] - self.first) // max(self.part, 1)), 1)
        known = self.shared(y) if hasattr(self, "shared") else y
        x, block = self.linear(parts[0]).reshape(len(z), -1, self.base, self.base), 0
        for layer in self.blocks:
            if isinstance(layer, GenBlock):
                block += 1
                condition = known
                if self.part:
                    condition = parts[block] if known is None else torch.cat([known, parts[block]], 1)
            x = layer(x, condition)
        return self.output(x)


class DisBlock(nn.Module):
    """The first of the two convolutions changes the channels."""

    def __init__(self, cin, cout, first, down):
        super().__init__()
        self.first, self.down = first, down
        layers = [conv(cin, cout, 3), nn.ReLU(), conv(cout, cout, 3)]
        self.residual = nn.Sequential(*[nn.ReLU()] * (not first), *layers, *[nn.AvgPool2d(2)] * down)
        if down or cin != cout:
            self.shortcut = conv(cin, cout, 1)

    def forward(self, x):
        straight = self.shortcut(x) if hasattr(self, "shortcut") else x
        return self.residual(x) + (F.avg_pool2d(straight, 2) if self.down else straight)


class ResNetD(nn.Module):
    def __init__(self, side, channels, flat, image, pool, attention=()):
        super().__init__()
        self.pool = pool
        blocks, cin = [], image
        for i, cout in enumerate(channels):
            down = i < len(channels) - flat
            blocks.append(DisBlock(cin, cout, i == 0, down))
            side, cin = side // 2 if down else side, cout
            if down and side in attention:
                blocks.append(Attention(cout))
        self.blocks = nn.Sequential(*blocks)
        self.linear = nn.Linear(channels[-1], 1)

    def features(self, x):
        return self.pool(F.relu(self.blocks(x)), dim=(2, 3))

    def forward(self, x, y=None):
        return self.linear(self.features(x)).squeeze(1)


class Projection(nn.Module):
    def __init__(self, network, features, classes=CLASSES):
        super().__init__()
        self.network = network
        self.embedding = nn.Embedding(classes, features)

    def forward(self, x, y):
        features = self.network.features(x)
        return self.network.linear(features).squeeze(1) + (self.embedding(y) * features).sum(1)


class CnnG(nn.Module):
    def __init__(self, latent, base, width, image, halvings=3):
        super().__init__()
        self.base = base
        layers, cin = [], width << halvings
        self.linear = nn.Linear(latent, cin * base * base)
        for _ in range(halvings):
            layers += [nn.BatchNorm2d(cin), nn.ReLU(), nn.ConvTranspose2d(cin, cin // 2, 4, 2, 1)]
            cin //= 2
        self.layers = nn.Sequential(*layers, nn.BatchNorm2d(cin), nn.ReLU(), conv(cin, image, 3), nn.Tanh())

    def forward(self, z, y=None):
        return self.layers(self.linear(z).reshape(len(z), -1, self.base, self.base))


class CnnD(nn.Module):
    def __init__(self, base, width, image, halvings=3):
        super().__init__()
        layers = [conv(image, width, 3), nn.LeakyReLU(0.1)]
        for i in range(halvings):
            cin, cout = width << i, width << (i + 1)
            layers += [nn.Conv2d(cin, cout, 4, 2, 1), nn.LeakyReLU(0.1), conv(cout, cout, 3), nn.LeakyReLU(0.1)]
        self.layers = nn.Sequential(*layers)
        self.linear = nn.Linear((width << halvings) * base * base, 1)

    def forward(self, x, y=None):
        return self.linear(self.layers(x).flatten(1)).squeeze(1)


class FastGanG(nn.Module):
    """channels from the base on; features of a stage excite those so many stages later."""

    def __init__(self, latent, base, channels, skip, image):
        super().__init__()
        self.skip, self.side = skip, base

        def convolution(cin, cout):
            return [conv(cin, 2 * cout, 3, False), nn.BatchNorm2d(2 * cout), nn.GLU(1)]

        self.base = nn.Sequential(nn.ConvTranspose2d(latent, 2 * channels[0], base, bias=False),
                                  nn.BatchNorm2d(2 * channels[0]), nn.GLU(1))
        self.stages = nn.ModuleList()
        self.skips = nn.ModuleDict()
        for i, (cin, cout) in enumerate(zip(channels, channels[1:])):
            self.stages.append(nn.Sequential(nn.Upsample(scale_factor=2), *convolution(cin, cout),
                                             *(convolution(cout, cout) if i % 2 == 0 else [])))
            if i + 1 >= skip:
                self.skips[str(i)] = nn.ModuleDict({
                    "squeeze": nn.Conv2d(channels[i + 1 - skip], cout, base, bias=False), "excite": conv(cout, cout, 1, False)})
        self.image = nn.Sequential(conv(channels[-1], image, 3, False), nn.Tanh())

    def forward(self, z, y=None):
        features = [self.base(z[:, :, None, None])]
        for i, stage in enumerate(self.stages):
            x = stage(features[-1])
            if str(i) in self.skips:
                skip = self.skips[str(i)]
                small = F.adaptive_avg_pool2d(features[i + 1 - self.skip], self.side)
                x = x * torch.sigmoid(skip["excite"](F.silu(skip["squeeze"](small))))
            features.append(x)
        return self.image(features[-1])


def normalize_all(module):
    """Spectral normalization of everything but tables."""
    for layer in list(module.modules()):
        if isinstance(layer, (nn.Conv2d, nn.Linear, nn.ConvTranspose2d)):
            spectral_norm(layer)


def normalize_tables(module):
    for layer in list(module.modules()):
        if isinstance(layer, nn.Embedding):
            spectral_norm(layer)


def drawn(module):
    """Weights from RANDOM; u and v of spectral normalization stay those of its first iterations, computed anew."""
    module.double()
    with torch.no_grad():
        for name, value in module.state_dict().items():
            if value.is_floating_point() and not name.endswith(("_u", "_v")):
                fan = max(1, value[0].numel()) if value.dim() > 1 else 1
                value.copy_(torch.empty(value.shape, dtype=torch.float64)
                            .normal_(0, fan ** -0.5 if value.dim() > 1 else 0.3, generator=RANDOM))
                if "running_var" in name or (value.dim() == 1 and name.endswith("weight")):
                    value.abs_().add_(0.5)
        for layer in module.modules():
            if hasattr(layer, "_power_method"):
                for vector in (layer._u, layer._v):
                    vector.copy_(F.normalize(torch.empty(vector.shape, dtype=torch.float64)
                                             .normal_(0, 1, generator=RANDOM), dim=0))
    return module


def normal(*shape):
    return torch.empty(shape).normal_(0, 1, generator=RANDOM)


def outputs(case, g, d, latent, image, classes):
    z, x = normal(4, latent).double(), torch.tanh(normal(4, *image)).double()
    y = torch.tensor([1, 0, 2, 1]) if classes else None
    for name, module in (("generator", g), ("discriminator", d)):
        if module is not None:
            put_module(f"{case}/{name}", drawn(module).eval())
    put(f"{case}/latent", z)
    put(f"{case}/samples", g(z, y))
    if d is not None:
        put(f"{case}/images", x)
        put(f"{case}/logits", d(x, y))


def adam(module, rate, beta2):
    return torch.optim.Adam(module.parameters(), lr=rate, betas=(0.0, beta2))


def gradient_normalized(d, x):
    if not x.requires_grad:
        x = x.detach().requires_grad_(True)
    f = d(x)
    slope = torch.autograd.grad(f.sum(), x, create_graph=True)[0].flatten(1).square().sum(1).sqrt()
    return f / (slope + f.abs())


def step(case, g, d, judge, latent, image, batch, rates, beta2, updates=1, g_batches=1, classes=0, decay=None):
    """One step with the hinge loss, discriminator first. No weight may have a gradient of 0 but for rounding, which Adam divides."""
    global RANDOM
    drawn(g).train(), drawn(d).train()
    real = torch.tanh(normal(batch * updates, *image))
    labels = torch.tensor([(2 * i + 1) % max(classes, 1) for i in range(batch * updates)])
    put(f"{case}/real", real)
    put(f"{case}/labels", labels)
    for name, module in (("generator", g), ("discriminator", d)):
        put_module(f"{case}/{name}/before", module)
    average = {name: value.clone() for name, value in g.state_dict().items()}
    optimizers = {"g": adam(g, rates[0], beta2), "d": adam(d, rates[1], beta2)}

    def minimize(key, module, loss):
        for weight, gradient in zip(module.parameters(), torch.autograd.grad(loss, list(module.parameters()))):
            weight.grad = gradient
        optimizers[key].step()

    RANDOM = torch.Generator().manual_seed(SEED + 1)
    losses = []
    for k in range(updates):
        part = slice(k * batch, (k + 1) * batch)
        y = labels[part] if classes else None
        with torch.no_grad():
            fake = g(normal(batch, latent).double(), y)
        both = torch.cat([real[part].double(), fake])
        on_real, on_fake = judge(both, torch.cat([y, y]) if classes else None).split(batch)
        loss = F.relu(1 - on_real).mean() + F.relu(1 + on_fake).mean()
        losses.append(loss.item())
        minimize("d", d, loss)
    count = batch * g_batches
    y = labels[torch.randint(batch * updates, (count,), generator=RANDOM)] if classes else None
    loss = -judge(g(normal(count, latent).double(), y), y).mean()
    minimize("g", g, loss)
    put(f"{case}/report/discriminatorLoss", torch.tensor(sum(losses) / updates, dtype=torch.float64))
    put(f"{case}/report/generatorLoss", loss)
    for name, module in (("generator", g), ("discriminator", d)):
        put_module(f"{case}/{name}/after", module)
    if decay is not None:
        for name, value in g.state_dict().items():
            if value.is_floating_point():
                average[name] = decay * average[name] + (1 - decay) * value
            else:
                average[name] = value
            put(f"{case}/average/{name}", average[name])


def sagan():
    g = ResNetG(6, 4, [8, 16, 8], 3, classes=CLASSES, attention=(8,), spectral=True, biases=False)
    d = Projection(ResNetD(16, [8, 8, 16], 1, 3, torch.sum, attention=(8,)), 16)
    normalize_all(d), normalize_tables(d)
    return g, d


def gngan():
    g = ResNetG(5, 4, [4, 4, 4], 3, biases=False)
    d = ResNetD(16, [4, 4, 4, 4], 2, 3, torch.mean)
    return g, d


def main(directory):
    outputs("sagan", *sagan(), 6, (3, 16, 16), True)
    outputs("gngan", *gngan(), 5, (3, 16, 16), False)
    # Of GN-GAN for 256 pixels: widths of each block; and D of SN-GAN for 64 pixels, which ends at 2x2.
    outputs("stated", ResNetG(5, 2, [6, 6, 4, 4, 3], 1), ResNetD(32, [2, 4, 4, 6], 0, 1, torch.sum), 5, (1, 32, 32), False)
    d = Projection(ResNetD(16, [4, 8, 16], 1, 3, torch.sum, attention=(4,)), 16)
    outputs("biggan", ResNetG(7, 4, [16, 8, 4], 3, classes=CLASSES, attention=(8,), spectral=True, shared=5, parts=True), d,
            7, (3, 16, 16), True)
    outputs("biggan_tables", ResNetG(4, 4, [8, 8, 8], 3, classes=CLASSES, spectral=True), None, 4, (3, 16, 16), True)
    outputs("cnn", CnnG(5, 4, 2, 3), CnnD(4, 2, 3), 5, (3, 32, 32), False)
    outputs("fastgan", FastGanG(4, 4, [16, 8, 4, 2], 2, 3), None, 4, (3, 32, 32), False)

    g, d = sagan()
    step("sagan_step", g, d, lambda x, y: d(x, y), 6, (3, 16, 16), 8, (1e-4, 4e-4), 0.999, classes=CLASSES)
    g, d2 = gngan()
    step("gngan_step", g, d2, lambda x, y: gradient_normalized(d2, x), 5, (3, 16, 16), 3, (0.6 * 2e-4, 0.6 * 4e-4), 0.9,
         updates=5, g_batches=2, decay=0.9999)
    save_file(OUT, directory / "modern.safetensors")


def sizes():
    """Full sizes on the meta device, which computes shapes only."""
    def macs(module, *inputs):
        total = [0]

        def hook(layer, _, out):
            if isinstance(layer, nn.Linear):
                total[0] += layer.in_features * layer.out_features
            elif isinstance(layer, nn.ConvTranspose2d):
                total[0] += layer.weight[0].numel() * layer.in_channels * (out.shape[2] // 2) * (out.shape[3] // 2)
            elif isinstance(layer, nn.Conv2d):
                total[0] += layer.weight[0].numel() * out.shape[1] * out.shape[2] * out.shape[3]
            elif isinstance(layer, Attention):
                pixels = out.shape[2] * out.shape[3]
                total[0] += pixels * pixels // 4 * (out.shape[1] // 8 + out.shape[1] // 2)
        handles = [layer.register_forward_hook(hook) for layer in module.modules()]
        module(*inputs)
        for handle in handles:
            handle.remove()
        return total[0]

    def show(name, g, d, latent, side, classes=0, channels=3):
        y = torch.zeros(1, dtype=torch.int64, device="meta") if classes else None
        counts = [sum(p.numel() for p in m.parameters()) for m in (g, d)]
        work = [macs(g, torch.empty(1, latent, device="meta"), y),
                macs(d, torch.empty(1, channels, side, side, device="meta"), y)]
        print(f"{name}: parameters {counts[0]:,} / {counts[1]:,}; MMAC an image {work[0] / 1e6:,.1f} / {work[1] / 1e6:,.1f}")

    with torch.device("meta"):
        show("cnn 32", CnnG(128, 4, 64, 3), CnnD(4, 64, 3), 128, 32)
        show("cnn 48", CnnG(128, 6, 64, 3), CnnD(6, 64, 3), 128, 48)
        show("gngan-resnet 32", ResNetG(128, 4, [256] * 4, 3), ResNetD(32, [128] * 4, 2, 3, torch.mean), 128, 32)
        show("gngan-resnet 48", ResNetG(128, 6, [512, 256, 128, 64], 3), ResNetD(48, [64, 128, 256, 512], 0, 3, torch.mean),
             128, 48)
        show("gngan-256", ResNetG(128, 4, [1024, 1024, 512, 512, 256, 128, 64], 3),
             ResNetD(256, [64, 128, 256, 512, 512, 1024, 1024], 1, 3, torch.mean), 128, 256)
        show("gngan-128", ResNetG(128, 4, [1024, 512, 256, 128, 64, 64], 3),
             ResNetD(128, [64, 128, 256, 512, 1024, 1024], 1, 3, torch.mean), 128, 128)
        show("sngan 64", ResNetG(128, 4, [1024, 512, 256, 128, 64], 3), ResNetD(64, [64, 128, 256, 512, 1024], 0, 3, torch.sum),
             128, 64)
        show("sagan 128, 1000 classes", ResNetG(128, 4, [1024, 1024, 512, 256, 128, 64], 3, 1000, (32,)),
             Projection(ResNetD(128, [64, 128, 256, 512, 1024, 1024], 1, 3, torch.sum, (32,)), 1024, 1000), 128, 128, 1000)
        show("biggan 128, 1000 classes",
             ResNetG(120, 4, [1536, 1536, 768, 384, 192, 96], 3, 1000, (64,), shared=128, parts=True),
             Projection(ResNetD(128, [96, 192, 384, 768, 1536, 1536], 1, 3, torch.sum, (64,)), 1536, 1000), 120, 128, 1000)
        show("biggan 32, 10 classes", ResNetG(128, 4, [256] * 4, 3, 10),
             Projection(ResNetD(32, [256] * 4, 2, 3, torch.sum), 256, 10), 128, 32, 10)
        show("biggan-small 32, 10 classes", ResNetG(64, 4, [64] * 4, 3, 10, (16,), shared=32, parts=True),
             Projection(ResNetD(32, [64] * 4, 2, 3, torch.sum, (16,)), 64, 10), 64, 32, 10)


if __name__ == "__main__":
    if sys.argv[1:] == ["--sizes"]:
        sizes()
    else:
        default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
        main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
