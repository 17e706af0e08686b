"""Writes what PyTorch makes of the networks of R3GAN: their outputs, and one whole adversarial step.

Usage: python golden_r3gan.py [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden

Written from the paper's description (Huang et al. 2024, section 3), in another way than the Java code: resampling is one
convolution with the outer product of [1, 3, 3, 1], transposed where the side is doubled; biases are added apart from the
convolutions. Names of the tensors and the order of draws are those of golden_networks.py.
"""

import pathlib
import sys

import golden_networks as golden
import golden_resnet
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file


def kernel(x, gain):
    line = torch.tensor([1.0, 3.0, 3.0, 1.0], dtype=x.dtype)
    return (gain * torch.outer(line, line) / 64).expand(x.shape[1], 1, 4, 4)


class Up(nn.Module):
    def forward(self, x):
        return F.conv_transpose2d(x, kernel(x, 4), stride=2, padding=1, groups=x.shape[1])


class Down(nn.Module):
    def forward(self, x):
        return F.conv2d(x, kernel(x, 1), stride=2, padding=1, groups=x.shape[1])


class Lrelu(nn.Module):
    def forward(self, x):
        return torch.maximum(x, 0.2 * x)


class Block(nn.Module):
    def __init__(self, channels, group):
        super().__init__()
        hidden = 2 * channels
        self.residual = nn.Sequential(
            nn.Conv2d(channels, hidden, 1), Lrelu(),
            nn.Conv2d(hidden, hidden, 3, padding=1, groups=hidden // group), Lrelu(),
            nn.Conv2d(hidden, channels, 1, bias=False))

    def forward(self, x):
        y = x
        for layer in self.residual:
            if isinstance(layer, nn.Conv2d) and layer.bias is not None:
                y = F.conv2d(y, layer.weight, padding=layer.padding, groups=layer.groups)
                y = y + layer.bias.reshape(1, -1, 1, 1)
            else:
                y = layer(y)
        return x + y


class Generator(nn.Module):
    """widths from the smallest side on."""

    def __init__(self, latent, base, widths, blocks, group, image):
        super().__init__()
        self.basis = nn.Parameter(torch.zeros(widths[0], base, base))
        self.scale = nn.Linear(latent, widths[0], bias=False)
        layers = []
        for i, width in enumerate(widths):
            if i and widths[i - 1] != width:
                layers.append(nn.Conv2d(widths[i - 1], width, 1, bias=False))
            if i:
                layers.append(Up())
            layers += [Block(width, group) for _ in range(blocks)]
        self.layers = nn.Sequential(*layers)
        self.image = nn.Conv2d(widths[-1], image, 1, bias=False)
        golden_resnet.draw_weights(self)

    def forward(self, z):
        return self.image(self.layers(torch.einsum("nc,chw->nchw", self.scale(z), self.basis)))


class Discriminator(nn.Module):
    """widths from the image's side on."""

    one_pass = True

    def __init__(self, base, widths, blocks, group, image):
        super().__init__()
        layers = [nn.Conv2d(image, widths[0], 1, bias=False)]
        for i, width in enumerate(widths):
            if i:
                layers.append(Down())
            if i and widths[i - 1] != width:
                layers.append(nn.Conv2d(widths[i - 1], width, 1, bias=False))
            layers += [Block(width, group) for _ in range(blocks)]
        layers.append(nn.Conv2d(widths[-1], widths[-1], base, groups=widths[-1], bias=False))
        self.layers = nn.Sequential(*layers)
        self.linear = nn.Linear(widths[-1], 1, bias=False)
        golden_resnet.draw_weights(self)

    def forward(self, x):
        return self.linear(self.layers(x).flatten(1)).squeeze(1)


def main(directory):
    golden.case("r3gan32", Generator(4, 4, [8, 8, 4, 2], 1, 2, 3), Discriminator(4, [2, 4, 8, 8], 1, 2, 3),
                golden.normal, 4, (3, 32, 32), golden.adam)
    golden.case("r3gan28", Generator(3, 7, [4, 4, 4], 2, 4, 1), Discriminator(7, [4, 4, 4], 2, 4, 1),
                golden.normal, 3, (1, 28, 28), golden.adam)
    save_file(golden.OUT, directory / "r3gan.safetensors")


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
