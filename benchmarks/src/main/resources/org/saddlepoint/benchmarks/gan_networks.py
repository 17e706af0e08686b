"""The networks of gan_step.py; each function returns a generator and a discriminator, whose logits are one a sample."""

import torch
from torch import nn
from torch.nn import functional as F


def dcgan(_, width, batch_norm):
    generator = nn.Sequential(
        nn.ConvTranspose2d(100, 4 * width, 4, 1, 0, bias=False), nn.BatchNorm2d(4 * width), nn.ReLU(),
        nn.ConvTranspose2d(4 * width, 2 * width, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * width), nn.ReLU(),
        nn.ConvTranspose2d(2 * width, width, 4, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(),
        nn.ConvTranspose2d(width, 3, 4, 2, 1), nn.Tanh())
    discriminator = nn.Sequential(
        nn.Conv2d(3, width, 4, 2, 1), nn.LeakyReLU(0.2),
        *halving(width, 2 * width, batch_norm),
        *halving(2 * width, 4 * width, batch_norm),
        nn.Conv2d(4 * width, 1, 4, 1, 0), nn.Flatten(0))
    return generator.apply(initialize), discriminator.apply(initialize)


def halving(channels, out, batch_norm):
    convolution = nn.Conv2d(channels, out, 4, 2, 1, bias=not batch_norm)
    return [convolution, nn.BatchNorm2d(out), nn.LeakyReLU(0.2)] if batch_norm else [convolution, nn.LeakyReLU(0.2)]


def initialize(layer):
    if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(layer.weight, 0.0, 0.02)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, 1.0, 0.02)
        nn.init.zeros_(layer.bias)


def mlp(_, __, latent, generator, shape, discriminator, pieces=1, input_dropout=0, hidden_dropout=0, ranges=None):
    """For points, or for images: those leave through a sigmoid, and are judged as numbers between 0 and 1."""
    images = len(shape) == 3
    inputs = torch.Size(shape).numel()
    layers, units = [], latent
    for hidden in generator:
        layers += [nn.Linear(units, hidden), nn.ReLU()]
        units = hidden
    layers.append(nn.Linear(units, inputs))
    if images:
        layers += [nn.Sigmoid(), Affine(2, -1), nn.Unflatten(1, shape)]

    judging, units, dropout = [nn.Flatten(), Affine(0.5, 0.5)] if images else [], inputs, input_dropout
    for hidden in discriminator:
        judging += [*dropped(dropout), nn.Linear(units, hidden * pieces), nn.ReLU() if pieces == 1 else Maxout(pieces)]
        units, dropout = hidden, hidden_dropout
    judging += [*dropped(dropout), nn.Linear(units, 1), nn.Flatten(0)]
    networks = nn.Sequential(*layers), nn.Sequential(*judging)
    for network, bound in zip(networks, ranges or (None, None)):
        network.apply(lambda layer: initialize_linear(layer, bound))
    return networks


def dropped(probability):
    return [nn.Dropout(probability)] if probability > 0 else []


def initialize_linear(layer, bound):
    if isinstance(layer, nn.Linear):
        if bound is None:
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
        else:
            nn.init.uniform_(layer.weight, -bound, bound)
        nn.init.zeros_(layer.bias)


class Affine(nn.Module):
    def __init__(self, factor, offset):
        super().__init__()
        self.factor, self.offset = factor, offset

    def forward(self, values):
        return values * self.factor + self.offset


class Maxout(nn.Module):
    def __init__(self, pieces):
        super().__init__()
        self.pieces = pieces

    def forward(self, values):
        return values.unflatten(1, (-1, self.pieces)).max(2).values


def resnet(style, _, latent, generator, discriminator):
    """The residual networks of GN-GAN for 32x32 pixels."""
    makes = nn.Sequential(
        nn.Linear(latent, generator * 16), nn.Unflatten(1, (generator, 4, 4)), Layout(style),
        *(Doubling(generator) for _ in range(3)),
        nn.BatchNorm2d(generator), nn.ReLU(), nn.Conv2d(generator, 3, 3, 1, 1), nn.Tanh())
    judges = nn.Sequential(
        Judging(3, discriminator, first=True, halves=True), Judging(discriminator, discriminator, halves=True),
        Judging(discriminator, discriminator), Judging(discriminator, discriminator),
        nn.ReLU(), Mean(), nn.Linear(discriminator, 1), nn.Flatten(0))
    return makes.apply(initialize_residual), judges.apply(initialize_residual)


def initialize_residual(layer):
    if isinstance(layer, (nn.Conv2d, nn.Linear)):
        nn.init.kaiming_normal_(layer.weight)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)


class Layout(nn.Module):
    def __init__(self, style):
        super().__init__()
        self.style = style

    def forward(self, images):
        return self.style.layout(images)


class Mean(nn.Module):
    def forward(self, images):
        return images.mean((2, 3))


class Doubling(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.body = nn.Sequential(
            nn.BatchNorm2d(channels), nn.ReLU(), nn.Upsample(scale_factor=2),
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False))
        self.shortcut = nn.Conv2d(channels, channels, 1, bias=False)

    def forward(self, images):
        return self.body(images) + F.interpolate(self.shortcut(images), scale_factor=2)


class Judging(nn.Module):
    def __init__(self, channels, out, first=False, halves=False):
        super().__init__()
        self.pool = nn.AvgPool2d(2) if halves else nn.Identity()
        self.body = nn.Sequential(
            *([] if first else [nn.ReLU()]), nn.Conv2d(channels, out, 3, 1, 1), nn.ReLU(),
            nn.Conv2d(out, out, 3, 1, 1))
        self.shortcut = nn.Conv2d(channels, out, 1) if halves or channels != out else nn.Identity()

    def forward(self, images):
        return self.pool(self.body(images)) + self.shortcut(self.pool(images))
