"""The peers of bench --quality: two GANs in PyTorch with the settings that people copy, for a given time.

Usage: quality_peer.py METHOD PICTURES C,H,W SECONDS POINTS SAMPLES SEED THREADS

pytorch-dcgan     the DCGAN of the PyTorch examples: pictures resized to 64, ngf = ndf = 64, nz = 100, batch 64, BCE,
                  Adam 2e-4 with beta1 0.5, weights N(0, 0.02), batch normalization N(1, 0.02)
pytorch-dcgan-32  the same at 32, with one layer less in each network
pytorch-wgan-gp   the WGAN-GP of PyTorch-GAN: fully connected, generator 128-256-512-1024 with batch normalization (its eps
                  is 0.8 there), critic 512-256, batch 64, Adam 2e-4 with beta1 0.5, 5 updates of the critic, penalty 10

PICTURES holds bytes 0 to 255, picture by picture. At POINTS equal distances in time SAMPLES pictures of the size of the data
are written, as such bytes, and a line "point SECONDS STEP FILE" is printed. The time begins with this process and has the
import of PyTorch in it; the time to draw the samples does not count. Samples are drawn as the training scripts draw theirs:
in batches of 64, with the statistics of the batch. Pictures of 64 or 32 are resized to the size of the data by bilinear
interpolation with antialiasing.
"""

import time

START = time.monotonic()

import math
import os
import sys
import threading

import torch
from torch import nn
from torch.nn import functional as F

BATCH = 64
LATENT = 100


def main():
    method, file, shape, seconds, points, samples, seed, threads = sys.argv[1:]
    watch_parent()
    channels, height, width = map(int, shape.split(","))
    torch.manual_seed(int(seed))
    if int(threads) > 0:
        torch.set_num_threads(int(threads))
    with open(file, "rb") as source:
        pictures = torch.frombuffer(bytearray(source.read()), dtype=torch.uint8)
    pictures = pictures.view(-1, channels, height, width).float() / 127.5 - 1
    model = METHODS[method](pictures, (channels, height, width))
    run(model, float(seconds), int(points), int(samples), int(seed))


def run(model, seconds, points, samples, seed):
    paused = 0.0
    step = 0
    for point in range(1, points + 1):
        before = step
        while time.monotonic() - START - paused < seconds * point / points:
            model.step()
            step += 1
        if step == before:
            continue
        trained = time.monotonic() - START - paused
        begin = time.monotonic()
        with torch.random.fork_rng(), torch.no_grad():
            torch.manual_seed(seed + 1_000_003)
            drawn = torch.cat([model.sample(BATCH) for _ in range(math.ceil(samples / BATCH))])[:samples]
        if not bool(torch.isfinite(drawn).all()):
            print("diverged", flush=True)
            return
        name = "samples-%d.u8" % point
        with open(name + ".part", "wb") as target:
            levels = ((drawn.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
            target.write(bytes(levels.contiguous().untyped_storage()))
        os.replace(name + ".part", name)
        paused += time.monotonic() - begin
        print("point %.3f %d %s" % (trained, step, name), flush=True)


class Batches:
    """Each picture once an epoch, in a new order; the last batch of an epoch may be smaller, as a DataLoader's is."""

    def __init__(self, pictures):
        self.pictures = pictures
        self.order = torch.empty(0, dtype=torch.long)

    def next(self):
        if len(self.order) < 2:  # one picture has no statistics of a batch
            self.order = torch.randperm(len(self.pictures))
        taken, self.order = self.order[:BATCH], self.order[BATCH:]
        return self.pictures[taken]


class Dcgan:
    def __init__(self, pictures, shape, side):
        channels, self.height, self.width = shape
        width = 64
        self.batches = Batches(resize(pictures, side, side))
        doublings = side // 8  # 8 and 4 times the width next to the 4 x 4 pictures
        sizes = [width * factor for factor in (8, 4, 2, 1) if factor <= doublings]
        layers = [nn.ConvTranspose2d(LATENT, sizes[0], 4, 1, 0, bias=False), nn.BatchNorm2d(sizes[0]), nn.ReLU(True)]
        for narrow, wide in zip(sizes[1:], sizes):
            layers += [nn.ConvTranspose2d(wide, narrow, 4, 2, 1, bias=False), nn.BatchNorm2d(narrow), nn.ReLU(True)]
        layers += [nn.ConvTranspose2d(width, channels, 4, 2, 1, bias=False), nn.Tanh()]
        self.generator = nn.Sequential(*layers)
        sizes.reverse()
        layers = [nn.Conv2d(channels, width, 4, 2, 1, bias=False), nn.LeakyReLU(0.2, True)]
        for narrow, wide in zip(sizes, sizes[1:]):
            layers += [nn.Conv2d(narrow, wide, 4, 2, 1, bias=False), nn.BatchNorm2d(wide), nn.LeakyReLU(0.2, True)]
        layers += [nn.Conv2d(sizes[-1], 1, 4, 1, 0, bias=False), nn.Sigmoid(), nn.Flatten(0)]
        self.discriminator = nn.Sequential(*layers)
        self.generator.apply(normal_weights)
        self.discriminator.apply(normal_weights)
        self.of_generator = torch.optim.Adam(self.generator.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.of_discriminator = torch.optim.Adam(self.discriminator.parameters(), lr=2e-4, betas=(0.5, 0.999))

    def step(self):
        real = self.batches.next()
        ones = torch.ones(len(real))
        self.discriminator.zero_grad()
        F.binary_cross_entropy(self.discriminator(real), ones).backward()
        fake = self.generator(torch.randn(len(real), LATENT, 1, 1))
        F.binary_cross_entropy(self.discriminator(fake.detach()), torch.zeros(len(real))).backward()
        self.of_discriminator.step()
        self.generator.zero_grad()
        F.binary_cross_entropy(self.discriminator(fake), ones).backward()
        self.of_generator.step()

    def sample(self, count):
        return resize(self.generator(torch.randn(count, LATENT, 1, 1)), self.height, self.width)


class WganGp:
    CRITIC_UPDATES = 5
    PENALTY = 10

    def __init__(self, pictures, shape):
        self.shape = shape
        self.batches = Batches(pictures.flatten(1))
        elements = shape[0] * shape[1] * shape[2]
        layers = [nn.Linear(LATENT, 128), nn.LeakyReLU(0.2, True)]
        for narrow, wide in ((128, 256), (256, 512), (512, 1024)):
            layers += [nn.Linear(narrow, wide), nn.BatchNorm1d(wide, 0.8), nn.LeakyReLU(0.2, True)]
        self.generator = nn.Sequential(*layers, nn.Linear(1024, elements), nn.Tanh())
        self.critic = nn.Sequential(
            nn.Linear(elements, 512), nn.LeakyReLU(0.2, True),
            nn.Linear(512, 256), nn.LeakyReLU(0.2, True),
            nn.Linear(256, 1))
        self.of_generator = torch.optim.Adam(self.generator.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.of_critic = torch.optim.Adam(self.critic.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.updates = 0

    def step(self):
        real = self.batches.next()
        latents = torch.randn(len(real), LATENT)
        fake = self.generator(latents).detach()
        self.of_critic.zero_grad()
        share = torch.rand(len(real), 1)
        between = (share * real + (1 - share) * fake).requires_grad_()
        slopes, = torch.autograd.grad(self.critic(between).sum(), between, create_graph=True)
        penalty = ((slopes.norm(2, dim=1) - 1) ** 2).mean()
        (self.critic(fake).mean() - self.critic(real).mean() + self.PENALTY * penalty).backward()
        self.of_critic.step()
        if self.updates % self.CRITIC_UPDATES == 0:
            self.of_generator.zero_grad()
            (-self.critic(self.generator(latents)).mean()).backward()
            self.of_generator.step()
        self.updates += 1

    def sample(self, count):
        return self.generator(torch.randn(count, LATENT)).view(count, *self.shape)


METHODS = {
    "pytorch-dcgan": lambda pictures, shape: Dcgan(pictures, shape, 64),
    "pytorch-dcgan-32": lambda pictures, shape: Dcgan(pictures, shape, 32),
    "pytorch-wgan-gp": WganGp,
}


def resize(pictures, height, width):
    if pictures.shape[-2:] == (height, width):
        return pictures
    return F.interpolate(pictures, (height, width), mode="bilinear", align_corners=False, antialias=True)


def normal_weights(layer):
    if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(layer.weight, 0.0, 0.02)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, 1.0, 0.02)
        nn.init.zeros_(layer.bias)


def watch_parent():
    """Ends when the process that started this one does, whose pipe then closes."""

    def wait():
        sys.stdin.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


main()
