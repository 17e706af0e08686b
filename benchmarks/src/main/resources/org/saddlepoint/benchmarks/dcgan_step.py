"""The work of DcganWorkload in PyTorch, eager and with PyTorch's defaults; whoever changes one changes the other.

What is the same: networks (layer by layer, with the same biases, batch normalization and initial distributions), a fixed
batch of uniform noise as images, latents drawn anew for each update, the losses and constraints of the method, Adam
(2e-4, 0.5, 0.999), and the numbers that a step reports. It is written as these methods usually are in PyTorch:
zero_grad, backward, step; real and fake images through the discriminator in two passes; WGAN-GP's penalty and both
updates of gradient normalization by torch.autograd.grad with create_graph. Under gradient normalization, as in its
authors' code, real and fake images go through in one pass and the discriminator's weights need no gradients while the
generator is updated.

What is left to each side: the number of threads, the layout of memory, how Adam is computed, how many passes of a
discriminator without batch normalization real and fake images take, which gradients beyond those that the update needs
are computed on the way, and by which of two equal expressions.

Methods: non-saturating, non-saturating-no-norm, wgan-gp, gngan.
"""

import torch
from torch import nn
from torch.nn import functional as F


class Workload:
    def __init__(self, method, batch_size, width):
        self.normalized_gradients = method == "gngan"
        self.penalty_weight = 10 if method == "wgan-gp" else 0
        self.discriminator_loss, self.generator_loss = LOSSES[method]
        self.generator = nn.Sequential(
            nn.ConvTranspose2d(LATENT, 4 * width, 4, 1, 0, bias=False), nn.BatchNorm2d(4 * width), nn.ReLU(),
            nn.ConvTranspose2d(4 * width, 2 * width, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * width), nn.ReLU(),
            nn.ConvTranspose2d(2 * width, width, 4, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(),
            nn.ConvTranspose2d(width, 3, 4, 2, 1), nn.Tanh())
        batch_norm = method == "non-saturating"
        self.discriminator = nn.Sequential(
            nn.Conv2d(3, width, 4, 2, 1), nn.LeakyReLU(0.2),
            *halving(width, 2 * width, batch_norm),
            *halving(2 * width, 4 * width, batch_norm),
            nn.Conv2d(4 * width, 1, 4, 1, 0), nn.Flatten(0))
        self.generator.apply(initialize)
        self.discriminator.apply(initialize)
        self.generator_optimizer = torch.optim.Adam(self.generator.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.discriminator_optimizer = torch.optim.Adam(self.discriminator.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.images = torch.rand(batch_size, 3, 32, 32) * 2 - 1
        self.batch_size = batch_size

    def step(self):
        fake = self.generator(torch.randn(self.batch_size, LATENT, 1, 1)).detach()
        if self.normalized_gradients:
            real_logits, fake_logits = self.logits(torch.cat([self.images, fake])).split(self.batch_size)
        else:
            real_logits = self.logits(self.images)
            fake_logits = self.logits(fake)
        discriminator_loss = self.discriminator_loss(real_logits, fake_logits)
        total = discriminator_loss
        reported = []
        if self.penalty_weight > 0:
            penalty = self.penalty_weight * self.gradient_penalty(fake)
            total = total + penalty
            reported.append(penalty.item())
        self.discriminator_optimizer.zero_grad()
        total.backward()
        self.discriminator_optimizer.step()

        self.discriminator.requires_grad_(not self.normalized_gradients)
        logits = self.logits(self.generator(torch.randn(self.batch_size, LATENT, 1, 1)))
        generator_loss = self.generator_loss(logits)
        self.generator_optimizer.zero_grad()
        generator_loss.backward()
        self.generator_optimizer.step()
        self.discriminator.requires_grad_()
        return (discriminator_loss.item(), generator_loss.item(),
                real_logits.mean().item(), fake_logits.mean().item(), *reported)

    def logits(self, images):
        if not self.normalized_gradients:
            return self.discriminator(images)
        if not images.requires_grad:
            images = images.detach().requires_grad_()
        logits = self.discriminator(images)
        slopes, = torch.autograd.grad(logits.sum(), images, create_graph=True)
        return logits / (slopes.flatten(1).norm(dim=1) + logits.abs())

    def gradient_penalty(self, fake):
        share = torch.rand(self.batch_size, 1, 1, 1)
        between = (share * self.images + (1 - share) * fake).requires_grad_()
        slopes, = torch.autograd.grad(self.discriminator(between).sum(), between, create_graph=True)
        return ((slopes.flatten(1).norm(dim=1) - 1) ** 2).mean()


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


LATENT = 100
# Of the discriminator from real and fake logits, of the generator from fake ones.
NON_SATURATING = (lambda real, fake: F.softplus(-real).mean() + F.softplus(fake).mean(),
                  lambda fake: F.softplus(-fake).mean())
LOSSES = {
    "non-saturating": NON_SATURATING,
    "non-saturating-no-norm": NON_SATURATING,
    "wgan-gp": (lambda real, fake: fake.mean() - real.mean(), lambda fake: -fake.mean()),
    "gngan": (lambda real, fake: F.relu(1 - real).mean() + F.relu(1 + fake).mean(), lambda fake: -fake.mean()),
}
