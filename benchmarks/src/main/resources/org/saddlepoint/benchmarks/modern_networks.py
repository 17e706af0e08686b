"""The networks of modern_step.py, after StyleGAN2 (Karras et al. 2020) and R3GAN (Huang et al. 2024), for square images from a
base of 4 pixels."""

import torch
from torch import nn
from torch.nn import functional as F

SLOPE = 0.2
BASE = 4


def per_channel(values):
    return values[:, :, None, None]


class Resampling:
    """The filter [1, 3, 3, 1] / 8 along both axes with zeros outside."""

    def __init__(self, style):
        self.best = style.best
        line = torch.tensor([1, 3, 3, 1]) / 8
        self.kernel = line[:, None] * line

    def filter(self, images, gain, padding, stride):
        channels = images.shape[1]
        kernel = (gain * self.kernel).expand(channels, 1, 4, 4)
        return F.conv2d(images, kernel, stride=stride, padding=padding, groups=channels)

    def down(self, images):
        return self.filter(images, 1, 1, 2)

    def up(self, images):
        if self.best:  # the same weights as those of an interpolation between the centres of pixels
            height, width = images.shape[2:]
            doubled = F.interpolate(F.pad(images, [1] * 4), scale_factor=2, mode="bilinear")
            return doubled[:, :, 2:2 + 2 * height, 2:2 + 2 * width]
        count, channels, height, width = images.shape
        spread = F.pad(images[:, :, :, None, :, None], [0, 1, 0, 0, 0, 1])
        spread = spread.reshape(count, channels, 2 * height, 2 * width)  # three zeros beside each pixel
        return self.filter(F.pad(spread, [2, 1, 2, 1]), 4, 0, 1)


class Equalized(nn.Module):
    """A weight that is stored of unit variance over the multiplier, and its bias."""

    def __init__(self, shape, bias=0, multiplier=1, biased=True):
        super().__init__()
        self.scale = multiplier / torch.Size(shape[1:]).numel() ** 0.5
        self.multiplier = multiplier
        self.weight = nn.Parameter(torch.randn(shape) / multiplier)
        self.bias = nn.Parameter(torch.full([shape[0]], bias / multiplier)) if biased else None

    def used(self):
        bias = self.bias if self.bias is None or self.multiplier == 1 else self.bias * self.multiplier
        return self.weight * self.scale, bias


class EqualizedLinear(Equalized):
    def __init__(self, inputs, outputs, bias=0., multiplier=1):
        super().__init__([outputs, inputs], bias, multiplier)

    def forward(self, values):
        return F.linear(values, *self.used())


class EqualizedConv(Equalized):
    def __init__(self, channels, out, kernel, stride=1, padding=0, biased=True):
        super().__init__([out, channels, kernel, kernel], 0., 1, biased)
        self.stride, self.padding = stride, padding

    def forward(self, images):
        return F.conv2d(images, *self.used(), stride=self.stride, padding=self.padding)


class Activation(nn.Module):
    def forward(self, values):
        return F.leaky_relu(values, SLOPE) * 2 ** 0.5


class ModulatedConv(nn.Module):
    def __init__(self, style, channels, out, kernel, demodulated=True, doubled=False):
        super().__init__()
        self.best, self.resampling = style.best, Resampling(style)
        self.demodulated, self.doubled, self.kernel = demodulated, doubled, kernel
        self.gain = 1 if demodulated else 1 / (channels * kernel ** 2) ** 0.5
        self.weight = nn.Parameter(torch.randn(out, channels, kernel, kernel))

    def forward(self, images, scales):
        scaled = images * per_channel(scales * self.gain)
        if self.doubled:
            output = F.conv_transpose2d(scaled, self.weight.transpose(0, 1), stride=2)
            output = self.resampling.filter(output, 4, 1, 1)
        else:
            output = F.conv2d(scaled, self.weight, padding=self.kernel // 2)
        return output * per_channel(self.demodulation(scales)) if self.demodulated else output

    def demodulation(self, scales):
        if self.best:
            return torch.rsqrt(scales.square() @ self.weight.square().sum((2, 3)).T + 1e-8)
        each = self.weight * scales[:, None, :, None, None]  # the weight of each image
        return torch.rsqrt(each.square().sum((2, 3, 4)) + 1e-8)


class StyleLayer(nn.Module):
    def __init__(self, style, size, channels, out, doubled):
        super().__init__()
        self.affine = EqualizedLinear(size, channels, bias=1.)
        self.conv = ModulatedConv(style, channels, out, 3, doubled=doubled)
        self.strength = nn.Parameter(torch.zeros(1))
        self.bias = nn.Parameter(torch.zeros(out))
        self.activation = Activation()

    def forward(self, images, w):
        images = self.conv(images, self.affine(w))
        noise = torch.randn(len(images), 1, *images.shape[2:])
        return self.activation(images + noise * self.strength + self.bias[:, None, None])


class Colours(nn.Module):
    def __init__(self, style, size, channels, out):
        super().__init__()
        self.affine = EqualizedLinear(size, channels, bias=1.)
        self.conv = ModulatedConv(style, channels, out, 1, demodulated=False)
        self.bias = nn.Parameter(torch.zeros(out))

    def forward(self, images, w):
        return self.conv(images, self.affine(w)) + self.bias[:, None, None]


class StyleGan2Generator(nn.Module):
    KEPT = 0.995  # of the mean style

    def __init__(self, style, side, channel_base, channel_max, size, mapping, mixing):
        super().__init__()
        self.layout, self.size, self.mixing = style.layout, size, mixing
        self.resampling = Resampling(style)
        self.mapping = nn.Sequential(*(layer for _ in range(mapping)
                                       for layer in (EqualizedLinear(size, size, multiplier=0.01), Activation())))
        self.register_buffer("mean", torch.zeros(size))
        channels = min(channel_max, channel_base // BASE)
        self.constant = nn.Parameter(torch.randn(channels, BASE, BASE))
        self.layers, self.colours = nn.ModuleList(), nn.ModuleList()
        now = BASE
        while now <= side:
            out = min(channel_max, channel_base // now)
            if now > BASE:
                self.layers.append(StyleLayer(style, size, channels, out, True))
            self.layers.append(StyleLayer(style, size, out, out, False))
            self.colours.append(Colours(style, size, out, 3))
            channels, now = out, 2 * now

    def forward(self, latents):
        return self.synthesize(self.styles(latents))

    def mapped(self, latents):
        return self.mapping(latents * torch.rsqrt(latents.square().mean(1, keepdim=True) + 1e-8))

    def styles(self, latents):
        w = self.mapped(latents)
        with torch.no_grad():
            self.mean.lerp_(w.mean(0), 1 - self.KEPT)
        count = len(self.layers) + 1
        styles = w[:, None].expand(-1, count, -1)
        if torch.rand(1).item() >= self.mixing:
            return styles
        first = torch.randint(1, count, [1]).item()
        others = self.mapped(torch.randn_like(latents))
        return torch.cat([styles[:, :first], others[:, None].expand(-1, count - first, -1)], 1)

    def synthesize(self, styles):
        features = self.layout(self.constant.expand(len(styles), -1, -1, -1))
        image, layer = None, 0
        for side, colours in enumerate(self.colours):
            for _ in range(1 if side == 0 else 2):
                features = self.layers[layer](features, styles[:, layer])
                layer += 1
            added = colours(features, styles[:, layer])
            image = added if image is None else self.resampling.up(image) + added
        return image


class StyleGan2Block(nn.Module):
    def __init__(self, style, channels, out):
        super().__init__()
        self.resampling, self.activation = Resampling(style), Activation()
        self.conv0 = EqualizedConv(channels, channels, 3, padding=1)
        self.conv1 = EqualizedConv(channels, out, 3, stride=2)
        self.skip = EqualizedConv(channels, out, 1, biased=False)

    def forward(self, images):
        inner = self.resampling.filter(self.activation(self.conv0(images)), 1, 2, 1)
        return (self.activation(self.conv1(inner)) + self.skip(self.resampling.down(images))) * 0.5 ** 0.5


class Deviation(nn.Module):
    """How much the images of a group of four differ, as one more channel."""

    def forward(self, images):
        count, channels, height, width = images.shape
        group = min(4, count)
        deviation = images.reshape(group, -1, channels * height * width).var(0, unbiased=False)
        each = (deviation + 1e-8).sqrt().mean(1).repeat(group)
        return torch.cat([images, each[:, None, None, None].expand(-1, 1, height, width)], 1)


def stylegan2(style, side, channel_base, channel_max, size, mapping, mixing):
    generator = StyleGan2Generator(style, side, channel_base, channel_max, size, mapping, mixing)
    layers, now, channels = [], side, min(channel_max, channel_base // side)
    layers += [EqualizedConv(3, channels, 1), Activation()]
    while now > BASE:
        now //= 2
        out = min(channel_max, channel_base // now)
        layers.append(StyleGan2Block(style, channels, out))
        channels = out
    layers += [Deviation(), EqualizedConv(channels + 1, channels, 3, padding=1), Activation(), nn.Flatten(),
               EqualizedLinear(channels * BASE ** 2, channels), Activation(), EqualizedLinear(channels, 1), nn.Flatten(0)]
    return generator, nn.Sequential(*layers)


class R3GanBlock(nn.Module):
    def __init__(self, channels, group_channels, blocks):
        super().__init__()
        hidden = 2 * channels
        self.body = nn.Sequential(
            nn.Conv2d(channels, hidden, 1), nn.LeakyReLU(SLOPE),
            nn.Conv2d(hidden, hidden, 3, padding=1, groups=hidden // group_channels), nn.LeakyReLU(SLOPE),
            nn.Conv2d(hidden, channels, 1, bias=False))
        gain = (2 / (1 + SLOPE ** 2)) ** 0.5 * blocks ** -0.25
        for layer in (self.body[0], self.body[2]):
            normal(layer, gain)
            nn.init.zeros_(layer.bias)
        nn.init.zeros_(self.body[4].weight)

    def forward(self, images):
        return images + self.body(images)


def normal(layer, gain=1.):
    nn.init.normal_(layer.weight, 0, gain / layer.weight[0].numel() ** 0.5)
    return layer


def projection(channels, out):
    return normal(nn.Conv2d(channels, out, 1, bias=False))


class R3GanGenerator(nn.Module):
    def __init__(self, style, latent, channels, layers):
        super().__init__()
        self.layout = style.layout
        self.basis = nn.Parameter(torch.randn(channels, BASE, BASE))
        self.scale = normal(nn.Linear(latent, channels, bias=False))
        self.layers = layers

    def forward(self, latents):
        return self.layers(self.layout(self.basis * per_channel(self.scale(latents))))


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, images):
        return self.function(images)


def r3gan(style, side, width, max_width, blocks, group_channels, latent):
    sides = (side // BASE).bit_length()
    channels = [min(max_width, width << halvings) for halvings in range(sides)]
    resampling = Resampling(style)

    def stage(halvings):
        return [R3GanBlock(channels[halvings], group_channels, blocks * sides) for _ in range(blocks)]

    makes, judges = stage(sides - 1), [projection(3, width), *stage(0)]
    for halvings in range(1, sides):
        outer, inner = channels[halvings - 1], channels[halvings]
        judges += [Function(resampling.down), *([projection(outer, inner)] if outer != inner else []), *stage(halvings)]
    for halvings in reversed(range(1, sides)):
        outer, inner = channels[halvings - 1], channels[halvings]
        makes += [*([projection(inner, outer)] if outer != inner else []), Function(resampling.up), *stage(halvings - 1)]
    last = channels[-1]
    judges += [normal(nn.Conv2d(last, last, BASE, groups=last, bias=False)), nn.Flatten(),
               normal(nn.Linear(last, 1, bias=False)), nn.Flatten(0)]
    makes.append(projection(width, 3))
    return R3GanGenerator(style, latent, last, nn.Sequential(*makes)), nn.Sequential(*judges)
