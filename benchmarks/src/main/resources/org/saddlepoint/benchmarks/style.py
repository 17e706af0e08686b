"""How the steps of the peer are written, in both styles the same work.

defaults: as most programs in PyTorch are: memory as it comes, Adam as it comes, generated samples detached, real and
generated samples through the discriminator one after the other, gradients of the discriminator's weights computed in the
generator's update too, each number that a step reports read by itself.

best: channels innermost in memory for convolutions, fused optimizers, no graph where none is needed, one pass of the
discriminator for real and generated samples where its layers do not couple samples, weights of the discriminator frozen
in the generator's update, all numbers read at once at the end of a step.

Precision bfloat16, in both styles: the networks' passes under torch.autocast, their results as float32; penalties and whatever else
is outside of those passes in float32, as Saddlepoint has it.
"""

import torch


class Style:
    def __init__(self, name, precision):
        self.best = {"defaults": False, "best": True}[name]
        self.half = {"float32": False, "bfloat16": True}[precision]

    def network(self, network):
        """A network as it lies in memory and computes."""
        network = self.layout(network)
        return Half(network) if self.half else network

    def exact(self, network):
        """The same in float32."""
        return network.network if self.half else network

    def layout(self, images):
        """Images, or a network for them, as they lie in memory."""
        if not self.best or isinstance(images, torch.Tensor) and images.dim() != 4:
            return images
        return images.to(memory_format=torch.channels_last)

    def adam(self, parameters, rate, betas):
        return torch.optim.Adam(parameters, lr=rate, betas=betas, fused=self.best or None)

    def sgd(self, parameters, rate, momentum):
        return torch.optim.SGD(parameters, lr=rate, momentum=momentum, fused=self.best or None)

    def generated(self, generator, latents):
        """Samples for the discriminator's update."""
        if not self.best:
            return generator(latents).detach()
        with torch.no_grad():
            return generator(latents)

    def both(self, discriminator, real, fake, coupled):
        """Logits of real and of generated samples."""
        if coupled or not self.best:
            return discriminator(real), discriminator(fake)
        return discriminator(torch.cat([real, fake])).split(len(real))

    def freeze(self, discriminator):
        """For the generator's update, which needs no gradients of the discriminator's weights."""
        if self.best:
            discriminator.requires_grad_(False)

    def kept(self, tensors):
        """What is reported of one update of several."""
        return [each.detach() if self.best else each.item() for each in tensors]

    def means(self, updates):
        """Of what each update reported."""
        return [sum(values) / len(updates) for values in zip(*updates)]

    def numbers(self, values):
        """What a step reports."""
        if not self.best:
            return [each.item() if isinstance(each, torch.Tensor) else each for each in values]
        return torch.stack([each.detach() for each in values]).tolist()


class Half(torch.nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, inputs):
        with torch.autocast("cpu", torch.bfloat16):
            output = self.network(inputs)
        return output.float()


class Average:
    """Follows the floating-point numbers of a network. The decay is a number, 0 for no average, or a function of the step."""

    def __init__(self, network, decay):
        self.decay = decay if callable(decay) else lambda _: decay
        tensors = network.state_dict().values() if decay else []
        self.source = [each for each in tensors if each.is_floating_point()]
        self.average = [each.clone() for each in self.source]

    @torch.no_grad()
    def update(self, step=0):
        if self.source:
            torch._foreach_lerp_(self.average, self.source, 1 - self.decay(step))


def count(*networks):
    return sum(each.numel() for network in networks for each in network.parameters())
