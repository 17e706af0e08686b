"""The work of RecipeWorkload for the recipes stylegan2-small and r3gan-small, in PyTorch; whoever changes one changes the other.

What is the same: networks (layer by layer, with the same initial distributions), a fixed batch of uniform noise as real samples,
latents, noise and augmentation drawn anew, the losses, the penalties and when they are computed, Adam, the moving average of the
generator, and the numbers that a step reports. The settings are those of the recipes.

StyleGAN2: the generator first; path length regularization on half a batch at each fourth step and R1 at each sixteenth, each with a
step of the optimizer of its own. R3GAN: the discriminator first; the relativistic paired loss with R1 and R2 in each update, all
samples through DiffAugment, real ones of its own for the generator's update.

Both penalties of R3GAN are computed of the pass of the loss, as in its authors' code, in bfloat16 of another one in float32. What is left to each side is stated in
gan_step.py; and by which of equal expressions filters and demodulation are computed: style "defaults" as the authors' code for
machines without a GPU, "best" with the fewest operations.
"""

import torch
from torch.nn import functional as F

from modern_networks import r3gan, stylegan2
from style import Average, count

SIDE = 32
LATENT = 64


def workload(style, method, batch_size, _):
    return METHODS[method](style, batch_size)


class StyleGan2:
    R1, R1_EVERY = 0.0032, 16
    LENGTH, LENGTH_EVERY, LENGTH_DECAY = 2, 4, 0.01
    HALF_LIFE, RAMP_UP = 10000, 0.05

    def __init__(self, style, batch_size):
        self.style, self.batch_size = style, batch_size
        self.generator, self.discriminator = (
            style.network(each) for each in stylegan2(style, SIDE, channel_base=1024, channel_max=64, size=LATENT, mapping=2,
                                                      mixing=0.9))
        lazy, seldom = self.LENGTH_EVERY / (self.LENGTH_EVERY + 1), self.R1_EVERY / (self.R1_EVERY + 1)
        self.generator_optimizer = style.adam(self.generator.parameters(), 0.0025 * lazy, (0.0, 0.99 ** lazy))
        self.discriminator_optimizer = style.adam(self.discriminator.parameters(), 0.0025 * seldom, (0.0, 0.99 ** seldom))
        self.average = Average(self.generator, self.kept)
        self.length, self.steps = 0, 0
        self.real = style.layout(torch.rand(batch_size, 3, SIDE, SIDE) * 2 - 1)

    def kept(self, step):
        half_life = min(self.HALF_LIFE, self.RAMP_UP * step * self.batch_size)
        return 0.5 ** (self.batch_size / half_life) if half_life else 0

    def weights(self):
        return count(self.generator), count(self.discriminator)

    def latents(self, samples):
        return torch.randn(samples, LATENT)

    def step(self):
        reported = self.update_generator() + self.update_discriminator()
        self.average.update(self.steps)
        self.steps += 1
        return self.style.numbers(reported)

    def update_generator(self):
        self.style.freeze(self.discriminator)
        loss = F.softplus(-self.discriminator(self.generator(self.latents(self.batch_size)))).mean()
        minimize(loss, self.generator_optimizer)
        if self.steps % self.LENGTH_EVERY:
            return [loss]
        penalty = self.path_length()
        minimize(penalty, self.generator_optimizer)
        return [loss, penalty]

    def path_length(self):
        generator = self.style.exact(self.generator)
        styles = generator.styles(self.latents(self.batch_size // 2))
        images = generator.synthesize(styles)
        noise = torch.randn(images.shape) / SIDE
        slopes, = torch.autograd.grad((images * noise).sum(), styles, create_graph=True)
        lengths = slopes.square().sum(2).mean(1).sqrt()
        now = lengths.detach().mean()
        self.length = self.length + self.LENGTH_DECAY * ((now if self.style.best else now.item()) - self.length)
        # The last biases change no length, but Adam is to take a step in all weights.
        return self.LENGTH * self.LENGTH_EVERY * (lengths - self.length).square().mean() + 0 * images.sum()

    def update_discriminator(self):
        self.discriminator.requires_grad_()
        fake = self.style.generated(self.generator, self.latents(self.batch_size))
        real_logits, fake_logits = self.discriminator(self.real), self.discriminator(fake)
        loss = F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()
        minimize(loss, self.discriminator_optimizer)
        reported = [loss, real_logits.mean(), fake_logits.mean()]
        if self.steps % self.R1_EVERY:
            return reported
        real = self.real.detach().requires_grad_()
        logits = self.style.exact(self.discriminator)(real)
        penalty = self.R1 * self.R1_EVERY * squared_slopes(logits, real)
        minimize(penalty + 0 * logits.sum(), self.discriminator_optimizer)
        return [*reported, penalty]


class R3Gan:
    GAMMA = 1
    DECAY = 0.999

    def __init__(self, style, batch_size):
        self.style, self.batch_size = style, batch_size
        self.generator, self.discriminator = (
            style.network(each) for each in r3gan(style, SIDE, width=48, max_width=192, blocks=1, group_channels=16,
                                                  latent=LATENT))
        self.generator_optimizer, self.discriminator_optimizer = (
            style.adam(each.parameters(), 1e-3, (0.0, 0.99)) for each in (self.generator, self.discriminator))
        self.average = Average(self.generator, lambda step: min(self.DECAY, (1 + step) / (10 + step)))
        self.steps = 0
        self.real, self.generators_real = (style.layout(torch.rand(batch_size, 3, SIDE, SIDE) * 2 - 1) for _ in range(2))

    def weights(self):
        return count(self.generator), count(self.discriminator)

    def latents(self):
        return torch.randn(self.batch_size, LATENT)

    def step(self):
        reported = self.update_discriminator()
        reported.append(self.update_generator())
        self.average.update(self.steps)
        self.steps += 1
        return self.style.numbers(reported)

    def update_discriminator(self):
        self.discriminator.requires_grad_()
        real = augmented(self.real).requires_grad_()
        fake = augmented(self.style.generated(self.generator, self.latents())).detach().requires_grad_()
        real_logits, fake_logits = self.style.both(self.discriminator, real, fake, False)
        loss = F.softplus(fake_logits - real_logits).mean()
        exact = self.style.exact(self.discriminator)
        logits = self.style.both(exact, real, fake, False) if self.style.half else (real_logits, fake_logits)
        r1, r2 = (self.GAMMA / 2 * each for each in self.penalties(real, fake, *logits))
        minimize(loss + r1 + r2, self.discriminator_optimizer)
        return [loss, real_logits.mean(), fake_logits.mean(), r1, r2]

    def penalties(self, real, fake, real_logits, fake_logits):
        if not self.style.best:
            return squared_slopes(real_logits, real), squared_slopes(fake_logits, fake)
        slopes = torch.autograd.grad(real_logits.sum() + fake_logits.sum(), (real, fake), create_graph=True)
        return [each.flatten(1).square().sum(1).mean() for each in slopes]

    def update_generator(self):
        self.style.freeze(self.discriminator)
        fake_logits = self.discriminator(augmented(self.generator(self.latents())))
        real = augmented(self.generators_real)
        if self.style.best:
            with torch.no_grad():
                real_logits = self.discriminator(real)
        else:
            real_logits = self.discriminator(real)
        loss = F.softplus(real_logits - fake_logits).mean()
        minimize(loss, self.generator_optimizer)
        return loss


def minimize(loss, optimizer):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def squared_slopes(logits, samples):
    slopes, = torch.autograd.grad(logits.sum(), samples, create_graph=True)
    return slopes.flatten(1).square().sum(1).mean()


def augmented(images):
    """DiffAugment (Zhao et al. 2020): color, translation and cutout, each image's own."""
    count, _, height, width = images.shape

    def uniform(low, high):
        return torch.rand(count, 1, 1, 1) * (high - low) + low

    def integers(low, high):
        return torch.randint(low, high, [count, 1, 1])

    images = images + uniform(-0.5, 0.5)
    grey = images.mean(1, keepdim=True)
    images = (images - grey) * uniform(0, 2) + grey
    mean = images.mean((1, 2, 3), keepdim=True)
    images = (images - mean) * uniform(0.5, 1.5) + mean

    rows, columns = torch.arange(height)[None, :, None], torch.arange(width)[None, None, :]
    reach = (2 * height + 8) // 16
    padded = F.pad(images, [reach] * 4).permute(0, 2, 3, 1)
    moved = padded[torch.arange(count)[:, None, None], rows + integers(0, 2 * reach + 1),
                   columns + integers(0, 2 * reach + 1)].permute(0, 3, 1, 2)

    size = (2 * height + 2) // 4
    top, left = (integers(0, side + 1 - size % 2) - size // 2 for side in (height, width))
    hidden = (rows >= top) & (rows < top + size) & (columns >= left) & (columns < left + size)
    return moved * ~hidden[:, None]


METHODS = {"stylegan2-small": StyleGan2, "r3gan-small": R3Gan}
