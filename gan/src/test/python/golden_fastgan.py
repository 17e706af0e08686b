"""Writes what PyTorch makes of FastGAN's discriminator with decoders: logits and the error of reconstruction for each quadrant.

Usage: python golden_fastgan.py [DIRECTORY]     needs torch and safetensors; defaults to ../resources/golden

Written from the description in Liu et al. (2021), section 3.2, with the names of the Java network: a halving is the mean of a long and a
short path; maps three halvings apart are joined by skip-layer excitation; a second stack sees the image at half its side.

CASE/discriminator/NAME is the state, CASE/images the input, CASE/logits the logits in use, CASE/errors of each image the sum of the three mean
squared errors if the quadrant (top left, top right, bottom left, bottom right) of the map of side 16 is decoded.
"""

import pathlib
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

torch.manual_seed(2021)


def conv(cin, cout, kernel, stride=1, padding=0):
    return nn.Conv2d(cin, cout, kernel, stride, padding, bias=False)


def block(cin, cout, kernel, stride=1, padding=0):
    return [conv(cin, cout, kernel, stride, padding), nn.BatchNorm2d(cout), nn.LeakyReLU(0.2)]


class Discriminator(nn.Module):
    def __init__(self, side, width):
        super().__init__()
        c = {s: width * 64 // s for s in (8, 16, 32, 64, 128)}
        self.stem = nn.Sequential(conv(3, c[side], 3, 1, 1), nn.LeakyReLU(0.2))
        self.long, self.short, self.skips = nn.ModuleList(), nn.ModuleList(), nn.ModuleDict()
        sides = [side]
        while sides[-1] > 8:
            sides.append(sides[-1] // 2)
        for n, (a, b) in enumerate(zip(sides, sides[1:])):
            self.long.append(nn.Sequential(*block(c[a], c[b], 4, 2, 1), *block(c[b], c[b], 3, 1, 1)))
            self.short.append(nn.Sequential(nn.AvgPool2d(2), *block(c[a], c[b], 1)))
            if n >= 2:
                self.skips[str(n)] = nn.ModuleDict({"squeeze": conv(c[sides[n - 2]], c[b], 4), "excite": conv(c[b], c[b], 1)})
        self.logits = nn.Sequential(*block(c[8], 2 * c[8], 1), conv(2 * c[8], 1, 4))
        stack = [conv(3, c[side // 2], 4, 2, 1), nn.LeakyReLU(0.2)]
        at = side // 4
        while at > 8:
            stack += block(c[2 * at], c[at], 4, 2, 1)
            at //= 2
        self.small = nn.Sequential(*stack)
        self.smallLogits = nn.Sequential(conv(c[16], 1, 4))
        made, chain = 16, []
        while made <= min(128, side // 2):
            chain.append({16: 2 * width, 32: width, 64: width, 128: width // 2}[made])
            made *= 2
        self.decoders = nn.ModuleList()
        for first in (c[16], c[8], c[16]):
            layers, cin = [], first
            for cout in chain:
                layers += [nn.Upsample(scale_factor=2), conv(cin, 2 * cout, 3, 1, 1), nn.BatchNorm2d(2 * cout), nn.GLU(1)]
                cin = cout
            decoder = nn.Module()
            decoder.layers = nn.Sequential(*layers, conv(cin, 3, 3, 1, 1), nn.Tanh())
            self.decoders.append(decoder)

    def maps(self, x):
        features = [self.stem(x)]
        for n in range(len(self.long)):
            y = (self.long[n](features[n]) + self.short[n](features[n])) / 2
            if str(n) in self.skips:
                gate = F.adaptive_avg_pool2d(features[n - 2], 4)
                y = y * torch.sigmoid(self.skips[str(n)]["excite"](F.silu(self.skips[str(n)]["squeeze"](gate))))
            features.append(y)
        return features[-2], features[-1], self.small(F.avg_pool2d(x, 2))

    def forward(self, x):
        _, last, small = self.maps(x)
        return torch.cat([self.logits(last), self.smallLogits(small)], 2)

    def error(self, x, quadrant):
        large, last, small = self.maps(x)
        row, column = divmod(quadrant, 2)
        half = x.shape[2] // 2
        targets = [x[:, :, row * half:(row + 1) * half, column * half:(column + 1) * half], x, x]
        maps = [large[:, :, 8 * row:8 * row + 8, 8 * column:8 * column + 8], last, small]
        total = 0
        for decoder, m, target in zip(self.decoders, maps, targets):
            made = decoder.layers(m)
            total = total + F.mse_loss(made, F.adaptive_avg_pool2d(target, made.shape[2]))
        return total


def main(directory):
    out = {}
    for name, side in (("small", 32), ("skips", 64)):
        d = Discriminator(side, 4).double()
        with torch.no_grad():
            for value in d.state_dict().values():
                if value.is_floating_point():
                    value.copy_(torch.randn(value.shape).double() * (0.3 if value.dim() > 1 else 0.1) + (value.dim() < 2))
            for key, value in d.state_dict().items():
                if key.endswith("running_mean"):
                    value.sub_(1)
                if key.endswith("running_var"):
                    value.abs_().add_(0.5)
        d.eval()
        x = torch.tanh(torch.randn(3, 3, side, side)).double()
        with torch.no_grad():
            for key, value in d.state_dict().items():
                out[f"{name}/discriminator/{key}"] = value.clone().contiguous()
            out[f"{name}/images"] = x
            out[f"{name}/logits"] = d(x).contiguous()
            out[f"{name}/errors"] = torch.stack([torch.stack([d.error(one[None], q) for q in range(4)]) for one in x])
    save_file(out, directory / "fastgan.safetensors")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "../resources/golden"))
