"""The work of DcganWorkload, and of RecipeWorkload where a recipe has a generator from latents, in PyTorch; whoever
changes one changes the other.

What is the same: networks (layer by layer, with the same biases, normalization and initial distributions), a fixed batch
of uniform noise as real samples, latents drawn anew for each update, the losses and constraints, how many updates of the
discriminator a step has and on how many samples, the optimizers, the moving average of the generator's weights and
statistics where the recipe has one, and the numbers that a step reports. METHODS are those of DcganWorkload and the
recipes' settings.

It is written as these methods usually are in PyTorch: zero_grad, backward, step; WGAN-GP's penalty and both updates of
gradient normalization by torch.autograd.grad with create_graph. Under gradient normalization, as in its authors' code,
real and fake samples go through in one pass and the discriminator's weights need no gradients while the generator is
updated. style.py states what differs between the two styles.

What is left to each side: the number of threads, the layout of memory, how an optimizer is computed, how many passes of a
discriminator that does not couple samples real and fake ones take, which gradients beyond those that the update needs are
computed on the way, and by which of two equal expressions.
"""

from functools import partial

import torch
from torch.nn import functional as F

from gan_networks import dcgan, mlp, resnet
from style import Average, count


def workload(style, method, batch_size, width):
    settings = METHODS[method]
    return Workload(style, batch_size, width, **{**DCGAN, **settings})


class Workload:
    def __init__(self, style, batch_size, width, networks, loss, shape, latents, optimizer, penalty, normalized, coupled,
                 updates, generator_batches, decay):
        self.style = style
        self.discriminator_loss, self.generator_loss = loss
        self.latents = latents
        self.penalty_weight = penalty
        self.normalized = normalized
        self.coupled = coupled
        self.batch_size, self.generator_batch_size = batch_size, generator_batches * batch_size
        self.generator, self.discriminator = (style.network(each) for each in networks(style, width))
        rate, discriminator_rate, make = optimizer
        self.generator_optimizer = make(style)(self.generator.parameters(), rate)
        self.discriminator_optimizer = make(style)(self.discriminator.parameters(), discriminator_rate)
        self.average = Average(self.generator, decay)
        self.real = [style.layout(torch.rand(batch_size, *shape) * 2 - 1) for _ in range(updates)]

    def weights(self):
        return count(self.generator), count(self.discriminator)

    def step(self):
        updates = [self.update_discriminator(real) for real in self.real]
        generator_loss = self.update_generator()
        self.average.update()
        return self.style.numbers([generator_loss, *self.style.means(updates)])

    def update_discriminator(self, real):
        fake = self.style.generated(self.generator, self.latents(self.batch_size))
        if self.normalized:
            real_logits, fake_logits = self.logits(torch.cat([real, fake])).split(self.batch_size)
        else:
            real_logits, fake_logits = self.style.both(self.discriminator, real, fake, self.coupled)
        loss = self.discriminator_loss(real_logits, fake_logits)
        reported = [loss, real_logits.mean(), fake_logits.mean()]
        total = loss
        if self.penalty_weight > 0:
            penalty = self.penalty_weight * self.gradient_penalty(real, fake)
            total = total + penalty
            reported.append(penalty)
        self.discriminator_optimizer.zero_grad()
        total.backward()
        self.discriminator_optimizer.step()
        return self.style.kept(reported)

    def update_generator(self):
        frozen = self.style.best or self.normalized
        self.discriminator.requires_grad_(not frozen)
        loss = self.generator_loss(self.logits(self.generator(self.latents(self.generator_batch_size))))
        self.generator_optimizer.zero_grad()
        loss.backward()
        self.generator_optimizer.step()
        self.discriminator.requires_grad_()
        return loss

    def logits(self, samples):
        if not self.normalized:
            return self.discriminator(samples)
        if not samples.requires_grad:
            samples = samples.detach().requires_grad_()
        logits = self.discriminator(samples)
        slopes, = torch.autograd.grad(logits.sum(), samples, create_graph=True)
        return logits / (slopes.flatten(1).norm(dim=1) + logits.abs())

    def gradient_penalty(self, real, fake):
        share = torch.rand(self.batch_size, *[1] * (real.dim() - 1))
        between = (share * real + (1 - share) * fake).requires_grad_()
        slopes, = torch.autograd.grad(self.style.exact(self.discriminator)(between).sum(), between, create_graph=True)
        return ((slopes.flatten(1).norm(dim=1) - 1) ** 2).mean()


def normal(*shape):
    return lambda samples: torch.randn(samples, *shape)


def uniform(size, bound):
    return lambda samples: (torch.rand(samples, size) * 2 - 1) * bound


def adam(rate, beta1, beta2, discriminator_rate=None):
    return rate, discriminator_rate or rate, lambda style: partial(style.adam, betas=(beta1, beta2))


def sgd(rate, momentum):
    return rate, rate, lambda style: partial(style.sgd, momentum=momentum)


# Of the discriminator from real and fake logits, of the generator from fake ones.
NON_SATURATING = (lambda real, fake: F.softplus(-real).mean() + F.softplus(fake).mean(),
                  lambda fake: F.softplus(-fake).mean())
WASSERSTEIN = lambda real, fake: fake.mean() - real.mean(), lambda fake: -fake.mean()
HINGE = (lambda real, fake: F.relu(1 - real).mean() + F.relu(1 + fake).mean(), lambda fake: -fake.mean())

# What a method does where it says nothing else.
DCGAN = dict(networks=partial(dcgan, batch_norm=False), loss=NON_SATURATING, shape=(3, 32, 32), latents=normal(100, 1, 1),
             optimizer=adam(2e-4, 0.5, 0.999), penalty=0, normalized=False, coupled=False, updates=1,
             generator_batches=1, decay=0)
METHODS = {
    "non-saturating": dict(networks=partial(dcgan, batch_norm=True), coupled=True),
    "non-saturating-no-norm": dict(),
    "wgan-gp": dict(loss=WASSERSTEIN, penalty=10),
    "gngan": dict(loss=HINGE, normalized=True),
    "ring8": dict(networks=partial(mlp, latent=2, generator=[512] * 3, shape=(2,), discriminator=[512] * 3),
                  shape=(2,), latents=normal(2), optimizer=adam(1e-4, 0.5, 0.9), loss=WASSERSTEIN, penalty=0.1, updates=5),
    "gan": dict(networks=partial(mlp, latent=100, generator=[1200] * 2, shape=(1, 28, 28), discriminator=[240] * 2,
                                 pieces=5, input_dropout=0.2, hidden_dropout=0.5, ranges=(0.05, 0.005)),
                shape=(1, 28, 28), latents=uniform(100, 3 ** 0.5), optimizer=sgd(0.1, 0.5)),
    "gngan-resnet": dict(networks=partial(resnet, latent=128, generator=256, discriminator=128), latents=normal(128),
                         optimizer=adam(2e-4, 0.0, 0.9, 4e-4), loss=HINGE, normalized=True, updates=5,
                         generator_batches=2, decay=0.9999),
}
