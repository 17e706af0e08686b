"""Writes what PyTorch makes of residual networks: their outputs, and one whole adversarial step.

Usage: python golden_resnet.py [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden

The networks are those of ResNetConfig, with the same state-dict names; shortcuts are computed in the order of the
papers, at the larger side. Names of the tensors and the order of draws are those of golden_networks.py.
"""

import pathlib
import sys

import golden_networks as golden
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file


def draw_weights(module):
    for name, value in module.state_dict().items():
        if value.is_floating_point():
            value.normal_(0, 0.1 if value.dim() < 2 else value[0].numel() ** -0.5, generator=golden.WEIGHTS)
            if "running_var" in name or (value.dim() == 1 and name.endswith("weight")):
                value.abs_().add_(0.5)


def conv(cin, cout, kernel, bias=True):
    return nn.Conv2d(cin, cout, kernel, padding=kernel // 2, bias=bias)


class GenBlock(nn.Module):
    def __init__(self, cin, cout, up):
        super().__init__()
        self.up = up
        self.residual = nn.Sequential(
            nn.BatchNorm2d(cin), nn.ReLU(), up, conv(cin, cout, 3, False),
            nn.BatchNorm2d(cout), nn.ReLU(), conv(cout, cout, 3, False))
        self.shortcut = conv(cin, cout, 1, False)

    def forward(self, x):
        return self.residual(x) + self.shortcut(self.up(x))


class Generator(nn.Module):
    """channels[0] at the base, then one block for each further entry."""

    def __init__(self, latent, base, channels, image, up):
        super().__init__()
        self.base = base
        self.linear = nn.Linear(latent, channels[0] * base * base)
        self.blocks = nn.Sequential(*[GenBlock(a, b, up) for a, b in zip(channels, channels[1:])])
        self.output = nn.Sequential(nn.BatchNorm2d(channels[-1]), nn.ReLU(), conv(channels[-1], image, 3), nn.Tanh())
        draw_weights(self)

    def forward(self, z):
        return self.output(self.blocks(self.linear(z).reshape(len(z), -1, self.base, self.base)))


class DisBlock(nn.Module):
    def __init__(self, cin, hidden, cout, first, down):
        super().__init__()
        self.first, self.down = first, down
        layers = [conv(cin, hidden, 3), nn.ReLU(), conv(hidden, cout, 3)]
        self.residual = nn.Sequential(*[nn.ReLU()] * (not first), *layers, *[nn.AvgPool2d(2)] * down)
        self.shortcut = conv(cin, cout, 1) if down or cin != cout else nn.Identity()

    def forward(self, x):
        if self.first:
            return self.residual(x) + self.shortcut(F.avg_pool2d(x, 2))
        shortcut = self.shortcut(x)
        return self.residual(x) + (F.avg_pool2d(shortcut, 2) if self.down else shortcut)


class Discriminator(nn.Module):
    """blocks: (in, hidden, out, down)."""

    one_pass = True

    def __init__(self, blocks, pool, bias):
        super().__init__()
        self.pool = pool
        self.blocks = nn.Sequential(
            *[DisBlock(cin, hidden, cout, i == 0, down) for i, (cin, hidden, cout, down) in enumerate(blocks)])
        self.linear = nn.Linear(blocks[-1][2], 1, bias=bias)
        draw_weights(self)

    def forward(self, x):
        return self.linear(self.pool(F.relu(self.blocks(x)), dim=(2, 3))).squeeze(1)


def main(directory):
    nearest = nn.Upsample(scale_factor=2)
    bilinear = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)
    golden.case(
        "constant32",
        Generator(4, 4, [3, 3, 3, 3], 3, nearest),
        Discriminator([(3, 3, 3, True), (3, 3, 3, True), (3, 3, 3, False), (3, 3, 3, False)], torch.mean, True),
        golden.normal, 4, (3, 32, 32), golden.adam)
    golden.case(
        "doubling28",
        Generator(3, 7, [8, 4, 2], 1, bilinear),
        Discriminator([(1, 2, 2, True), (2, 2, 4, True), (4, 4, 8, False)], torch.sum, False),
        golden.normal, 3, (1, 28, 28), golden.adam)
    save_file(golden.OUT, directory / "resnet.safetensors")


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
