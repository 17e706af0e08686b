"""The work of RecipeWorkload where a recipe translates pictures, in PyTorch; whoever changes one changes the other.

What is the same: networks (layer by layer, with the same biases, normalization and initial distributions), one fixed pair
of colour pictures of uniform noise, the losses and their weights, the pool of generated pictures, Adam (β 0.5,
0.999), the moving average of the translators' weights and statistics where the recipe has one, and the numbers that a step
reports. METHODS are those of the recipes.

It is written as these methods usually are in PyTorch: zero_grad, backward, step; the discriminators' weights need no gradients while translators are updated; ReLU and
LeakyReLU in place. pix2pix (Isola et al. 2017) updates the discriminator first, CycleGAN (Zhu et al. 2017) the
translators first.

What is left to each side: the number of threads, the layout of memory, how Adam is computed, and how many passes of a
discriminator without batch normalization real and generated pictures take.

Methods: pix2pix-small, cyclegan-small, pix2pix, cyclegan.
"""

import itertools
import random

import torch
from torch import nn
from torch.nn import functional as F

from style import Average, count

BETAS = 0.5, 0.999
JUDGE_RATE = 2e-4
METHODS = {
    "pix2pix-small": dict(side=64, downs=6, width=32, normalization=nn.BatchNorm2d, dropout=False, judge_layers=2,
                          judge_width=32, judge_normalization=nn.InstanceNorm2d, rate=1e-3, adversarial=0.05,
                          decay=0.999),
    "pix2pix": dict(side=256, downs=8, width=64, normalization=nn.BatchNorm2d, dropout=True, judge_layers=3,
                    judge_width=64, judge_normalization=nn.BatchNorm2d, rate=2e-4, adversarial=1, decay=0),
    "cyclegan-small": dict(side=64, translator=lambda: unet(5, 32, nn.BatchNorm2d, False), judge_layers=3,
                           judge_width=32, rate=1e-3, judge_rate=1e-3, adversarial=4, augmented=True, decay=0.999),
    "cyclegan": dict(side=256, translator=lambda: resnet(9, 64), judge_layers=3, judge_width=64, rate=2e-4,
                     judge_rate=2e-4, adversarial=1, augmented=False, decay=0),
}


def workload(style, method, batch_size, _):
    settings = METHODS[method]
    make = Pairs if "downs" in settings else Cycles
    return make(style, batch_size, **settings)


class Pairs:
    def __init__(self, style, batch_size, side, downs, width, normalization, dropout, judge_layers, judge_width,
                 judge_normalization, rate, adversarial, decay):
        self.style = style
        self.adversarial = adversarial
        self.translator = style.network(unet(downs, width, normalization, dropout).apply(initialize))
        self.judge = style.network(patch_gan(6, judge_layers, judge_width, judge_normalization).apply(initialize))
        self.coupled = judge_normalization is nn.BatchNorm2d
        self.translator_optimizer = style.adam(self.translator.parameters(), rate, BETAS)
        self.judge_optimizer = style.adam(self.judge.parameters(), JUDGE_RATE, BETAS)
        self.average = Average(self.translator, decay)
        self.a, self.b = (style.layout(noise(batch_size, side)) for _ in range(2))

    def weights(self):
        return count(self.translator), count(self.judge)

    def step(self):
        translated = self.translator(self.a)
        pair = torch.cat([self.a, translated], 1)

        self.judge.requires_grad_(True)
        real = torch.cat([self.a, self.b], 1)
        real_logits, fake_logits = self.style.both(self.judge, real, pair.detach(), self.coupled)
        judge_loss = F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()
        self.judge_optimizer.zero_grad()
        (0.5 * judge_loss).backward()
        self.judge_optimizer.step()

        self.judge.requires_grad_(False)
        l1 = F.l1_loss(translated, self.b)
        loss = self.adversarial * F.softplus(-self.judge(pair)).mean() + 100 * l1
        self.translator_optimizer.zero_grad()
        loss.backward()
        self.translator_optimizer.step()
        self.average.update()
        return self.style.numbers([judge_loss, loss, l1, real_logits.mean(), fake_logits.mean()])


class Cycles:
    def __init__(self, style, batch_size, side, translator, judge_layers, judge_width, rate, judge_rate, adversarial,
                 augmented, decay):
        self.style = style
        self.adversarial = adversarial
        self.seen = moved_and_cut if augmented else lambda pictures: pictures
        self.to_b, self.to_a = (style.network(translator().apply(initialize)) for _ in range(2))
        self.judge_a, self.judge_b = (
            style.network(patch_gan(3, judge_layers, judge_width, nn.InstanceNorm2d).apply(initialize)) for _ in range(2))
        self.judges = nn.ModuleList([self.judge_a, self.judge_b])
        both = itertools.chain(self.to_b.parameters(), self.to_a.parameters())
        self.translator_optimizer = style.adam(both, rate, BETAS)
        self.judge_optimizer = style.adam(self.judges.parameters(), judge_rate, BETAS)
        self.averages = [Average(each, decay) for each in (self.to_b, self.to_a)]
        self.pool_a, self.pool_b = Pool(50), Pool(50)
        self.a, self.b = (style.layout(noise(batch_size, side)) for _ in range(2))

    def weights(self):
        return count(self.to_b, self.to_a), count(self.judges)

    def step(self):
        a, b = self.a, self.b
        fake_b = self.to_b(a)
        back_a = self.to_a(fake_b)
        fake_a = self.to_a(b)
        back_b = self.to_b(fake_a)
        self.judges.requires_grad_(False)
        cycle_a, cycle_b = F.l1_loss(back_a, a), F.l1_loss(back_b, b)
        same_a, same_b = F.l1_loss(self.to_a(a), a), F.l1_loss(self.to_b(b), b)
        loss = (self.adversarial * (squares(self.judge_b(self.seen(fake_b)), 1)
                                    + squares(self.judge_a(self.seen(fake_a)), 1))
                + 10 * cycle_a + 10 * cycle_b + 5 * same_a + 5 * same_b)
        self.translator_optimizer.zero_grad()
        loss.backward()
        self.translator_optimizer.step()
        for average in self.averages:
            average.update()

        self.judges.requires_grad_(True)
        self.judge_optimizer.zero_grad()
        reported = [loss, cycle_a, cycle_b, same_a, same_b]
        for judge, real, fake in ((self.judge_b, b, self.pool_b.query(fake_b.detach())),
                                  (self.judge_a, a, self.pool_a.query(fake_a.detach()))):
            real_logits, fake_logits = self.style.both(judge, self.seen(real), self.seen(fake), False)
            judge_loss = 0.5 * (squares(real_logits, 1) + squares(fake_logits, 0))
            judge_loss.backward()
            reported += [judge_loss, real_logits.mean(), fake_logits.mean()]
        self.judge_optimizer.step()
        return self.style.numbers(reported)


def moved_and_cut(pictures):
    """Translation and cutout of DiffAugment (Zhao et al. 2020, sections 3 and 4.1), each picture on its own."""
    count, _, height, width = pictures.shape
    rows = torch.arange(height)[None, :, None] + shifts(count, height)
    columns = torch.arange(width)[None, None, :] + shifts(count, width)
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    each = torch.arange(count)[:, None, None]
    moved = pictures[each, :, rows.clamp(0, height - 1), columns.clamp(0, width - 1)].permute(0, 3, 1, 2)
    cut = covered(count, height)[:, :, None] & covered(count, width)[:, None, :]
    return moved * (inside & ~cut)[:, None].to(pictures.dtype)


def shifts(count, side):
    reach = (side + 4) // 8
    return torch.randint(-reach, reach + 1, (count, 1, 1))


def covered(count, side):
    length = (side + 1) // 2
    first = torch.randint(0, side + 1 - length % 2, (count, 1)) - length // 2
    place = torch.arange(side)[None, :]
    return (place >= first) & (place < first + length)


class Pool:
    """Once full, shows an old picture in every other picture's place, and keeps that one instead."""

    def __init__(self, size):
        self.size = size
        self.pictures = []

    def query(self, fresh):
        shown = []
        for picture in fresh.split(1):
            if len(self.pictures) < self.size:
                self.pictures.append(picture.clone())
            elif random.random() > 0.5:
                place = random.randrange(self.size)
                self.pictures[place], picture = picture.clone(), self.pictures[place]
            shown.append(picture)
        return torch.cat(shown)


class Skip(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.body = nn.Sequential(*layers)

    def forward(self, pictures):
        return torch.cat([pictures, self.body(pictures)], 1)


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.body = nn.Sequential(
            nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3), nn.InstanceNorm2d(channels), nn.ReLU(True),
            nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3), nn.InstanceNorm2d(channels))

    def forward(self, pictures):
        return pictures + self.body(pictures)


def unet(downs, width, normalization, dropout):
    bias = normalization is nn.InstanceNorm2d

    def channels(halving):
        return width * 2 ** min(halving - 1, 3)

    outer, inner = channels(downs - 1), channels(downs)
    block = Skip(nn.LeakyReLU(0.2, True), nn.Conv2d(outer, inner, 4, 2, 1, bias=bias), nn.ReLU(True),
                 nn.ConvTranspose2d(inner, outer, 4, 2, 1, bias=bias), normalization(outer))
    for halving in range(downs - 1, 1, -1):
        outer, inner = channels(halving - 1), channels(halving)
        dropped = [nn.Dropout(0.5)] if dropout and halving >= 5 else []
        block = Skip(nn.LeakyReLU(0.2, True), nn.Conv2d(outer, inner, 4, 2, 1, bias=bias), normalization(inner), block,
                     nn.ReLU(True), nn.ConvTranspose2d(2 * inner, outer, 4, 2, 1, bias=bias), normalization(outer),
                     *dropped)
    return nn.Sequential(nn.Conv2d(3, width, 4, 2, 1, bias=bias), block, nn.ReLU(True),
                         nn.ConvTranspose2d(2 * width, 3, 4, 2, 1), nn.Tanh())


def resnet(blocks, width):
    def normalized(convolution):
        return [convolution, nn.InstanceNorm2d(convolution.out_channels), nn.ReLU(True)]

    return nn.Sequential(
        nn.ReflectionPad2d(3), *normalized(nn.Conv2d(3, width, 7)),
        *normalized(nn.Conv2d(width, 2 * width, 3, 2, 1)), *normalized(nn.Conv2d(2 * width, 4 * width, 3, 2, 1)),
        *(Residual(4 * width) for _ in range(blocks)),
        *normalized(nn.ConvTranspose2d(4 * width, 2 * width, 3, 2, 1, 1)),
        *normalized(nn.ConvTranspose2d(2 * width, width, 3, 2, 1, 1)),
        nn.ReflectionPad2d(3), nn.Conv2d(width, 3, 7), nn.Tanh())


def patch_gan(channels, layers, width, normalization):
    body = [nn.Conv2d(channels, width, 4, 2, 1), nn.LeakyReLU(0.2, True)]
    for layer in range(1, layers + 1):
        out = width * 2 ** min(layer, 3)
        body += [nn.Conv2d(width * 2 ** min(layer - 1, 3), out, 4, 2 if layer < layers else 1, 1,
                           bias=normalization is nn.InstanceNorm2d),
                 normalization(out), nn.LeakyReLU(0.2, True)]
    return nn.Sequential(*body, nn.Conv2d(width * 2 ** min(layers, 3), 1, 4, 1, 1))


def initialize(layer):
    if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(layer.weight, 0.0, 0.02)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, 1.0, 0.02)
        nn.init.zeros_(layer.bias)


def squares(logits, target):
    return ((logits - target) ** 2).mean()


def noise(batch_size, side):
    return torch.rand(batch_size, 3, side, side) * 2 - 1
