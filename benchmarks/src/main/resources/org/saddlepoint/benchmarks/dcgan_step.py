"""The work of DcganWorkload in PyTorch, eager and with PyTorch's defaults; whoever changes one changes the other.

What is the same: networks (layer by layer, with the same biases, batch normalization and initial distributions), a fixed
batch of uniform noise as images, latents drawn anew for each update, real and fake images through the discriminator in
two passes, the non-saturating loss on logits, Adam (2e-4, 0.5, 0.999), and the numbers that a step reports. It is
written as Algorithm 1 is usually written in PyTorch: zero_grad, backward, step.

What is left to each side: the number of threads, the layout of memory, how Adam is computed, and which gradients beyond
those that the update needs are computed on the way.

Protocol: prints one line about itself, then for each line "run BATCH STEPS" on the standard input takes that many steps
and prints the seconds they took. The first run of a batch size builds the networks, outside the measured time. Ends at
the end of the input.
"""

import sys
import time


class Workload:
    def __init__(self, batch_size):
        self.generator = nn.Sequential(
            nn.ConvTranspose2d(LATENT, 256, 4, 1, 0, bias=False), nn.BatchNorm2d(256), nn.ReLU(),
            nn.ConvTranspose2d(256, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.ReLU(),
            nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
            nn.ConvTranspose2d(64, 3, 4, 2, 1), nn.Tanh())
        self.discriminator = nn.Sequential(
            nn.Conv2d(3, 64, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(64, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
            nn.Conv2d(128, 256, 4, 2, 1, bias=False), nn.BatchNorm2d(256), nn.LeakyReLU(0.2),
            nn.Conv2d(256, 1, 4, 1, 0), nn.Flatten(0))
        self.generator.apply(initialize)
        self.discriminator.apply(initialize)
        self.generator_optimizer = torch.optim.Adam(self.generator.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.discriminator_optimizer = torch.optim.Adam(self.discriminator.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.images = torch.rand(batch_size, 3, 32, 32) * 2 - 1
        self.batch_size = batch_size

    def step(self):
        fake = self.generator(torch.randn(self.batch_size, LATENT, 1, 1)).detach()
        real_logits = self.discriminator(self.images)
        fake_logits = self.discriminator(fake)
        discriminator_loss = F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()
        self.discriminator_optimizer.zero_grad()
        discriminator_loss.backward()
        self.discriminator_optimizer.step()

        logits = self.discriminator(self.generator(torch.randn(self.batch_size, LATENT, 1, 1)))
        generator_loss = F.softplus(-logits).mean()
        self.generator_optimizer.zero_grad()
        generator_loss.backward()
        self.generator_optimizer.step()
        return (discriminator_loss.item(), generator_loss.item(),
                real_logits.mean().item(), fake_logits.mean().item())


def initialize(layer):
    if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(layer.weight, 0.0, 0.02)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, 1.0, 0.02)
        nn.init.zeros_(layer.bias)


def serve():
    torch.manual_seed(1)
    if len(sys.argv) > 1:
        torch.set_num_threads(int(sys.argv[1]))
    print("torch", torch.__version__, "threads", torch.get_num_threads(), flush=True)
    workloads = {}
    for line in sys.stdin:
        _, batch_size, steps = line.split()
        workload = workloads.get(batch_size)
        if workload is None:
            workload = workloads[batch_size] = Workload(int(batch_size))
        start = time.perf_counter()
        for _ in range(int(steps)):
            workload.step()
        print(time.perf_counter() - start, flush=True)


LATENT = 100
try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError as absent:
    print("absent", absent, flush=True)
else:
    serve()
