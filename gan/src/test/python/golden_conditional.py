"""Writes what PyTorch computes for conditional networks: conditional batch normalization, projection logits with the
gradient penalty and gradient normalization through them, and the losses of an auxiliary classifier. In float64.

Usage: python golden_conditional.py [DIRECTORY]   needs torch and safetensors; the directory defaults to ../resources/golden

Tensors are named case/state/NAME, case/input, case/labels, case/VALUE and case/grad/NAME, the gradients of the case's loss
with respect to the weights.
"""

import pathlib
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

RANDOM = torch.Generator().manual_seed(2018)
OUT = {}
CLASSES = 3


def draw(*shape):
    return torch.empty(shape, dtype=torch.float64).normal_(0, 1, generator=RANDOM)


def put(name, tensor):
    OUT[name] = tensor.detach().clone().contiguous()


def put_state(case, module):
    for name, value in module.state_dict().items():
        if value.is_floating_point():
            value.copy_(draw(*value.shape).abs() + 0.1 if name.endswith("running_var") else draw(*value.shape))
        put(f"{case}/state/{name}", value)


def put_gradients(case, loss, module):
    names, weights = zip(*module.named_parameters())
    gradients = torch.autograd.grad(loss, weights, allow_unused=True)
    for name, weight, gradient in zip(names, weights, gradients):
        put(f"{case}/grad/{name}", torch.zeros_like(weight) if gradient is None else gradient)


class ConditionalBatchNorm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels, affine=False)
        self.gain = nn.Embedding(CLASSES, channels)
        self.bias = nn.Embedding(CLASSES, channels)

    def forward(self, x, y):
        gain, bias = (table(y)[:, :, None, None] for table in (self.gain, self.bias))
        return gain * self.bn(x) + bias


def conditional_batch_norm(case, training):
    module = ConditionalBatchNorm(4).double().train(training)
    put_state(case, module)
    x, y = draw(5, 4, 3, 2).requires_grad_(True), torch.tensor([2, 0, 2, 1, 0])
    put(f"{case}/input", x)
    put(f"{case}/labels", y)
    out = module(x, y)
    cotangent = draw(*out.shape)
    put(f"{case}/output", out)
    put(f"{case}/cotangent", cotangent)
    loss = (out * cotangent).sum()
    put(f"{case}/grad_input", torch.autograd.grad(loss, x, retain_graph=True)[0])
    put_gradients(case, loss, module)
    for name, value in module.state_dict().items():
        put(f"{case}/after/{name}", value)


class Features(nn.Module):
    """Fully connected, LeakyReLU, and a last linear layer under the number behind them."""

    def __init__(self, inputs, hidden):
        super().__init__()
        self.layers = nn.ModuleList()
        for units in hidden:
            self.layers += [nn.Linear(inputs, units), nn.LeakyReLU(0.2)]
            inputs = units
        self.layers.append(nn.Linear(inputs, 1))

    def features(self, x):
        for layer in self.layers[:-1]:
            x = layer(x)
        return x

    def logits(self, features):
        return self.layers[-1](features).squeeze(1)


class Projection(nn.Module):
    def __init__(self):
        super().__init__()
        self.network = Features(2, [6, 5])
        self.embedding = nn.Embedding(CLASSES, 5)

    def forward(self, x, y):
        features = self.network.features(x)
        return self.network.logits(features) + (self.embedding(y) * features).sum(1)


def projection():
    case = "projection"
    module = Projection().double()
    put_state(case, module)
    x, y = draw(4, 2).requires_grad_(True), torch.tensor([1, 0, 2, 1])
    put(f"{case}/input", x)
    put(f"{case}/labels", y)
    logits = module(x, y)
    put(f"{case}/logits", logits)
    slope = torch.autograd.grad(logits.sum(), x, create_graph=True)[0]
    norm = slope.norm(dim=1)
    penalty = 10 * ((norm - 1) ** 2).mean()
    normalized = logits / (norm + logits.abs())
    put(f"{case}/penalty", penalty)
    put(f"{case}/normalized", normalized)
    put_gradients(f"{case}/hinge_gp", F.relu(1 - logits).mean() + penalty + 0 * module.embedding.weight.sum(), module)
    module.zero_grad()
    logits = module(x, y)
    slope = torch.autograd.grad(logits.sum(), x, create_graph=True)[0]
    normalized = logits / (slope.norm(dim=1) + logits.abs())
    put_gradients(f"{case}/hinge_gn", F.relu(1 - normalized).mean(), module)


class Classifying(nn.Module):
    def __init__(self):
        super().__init__()
        self.network = Features(2, [6, 5])
        self.classifier = nn.Linear(5, CLASSES)

    def forward(self, x):
        features = self.network.features(x)
        return self.network.logits(features), self.classifier(features)


def auxiliary_classifier():
    case = "classifier"
    module = Classifying().double()
    put_state(case, module)
    real, fake, y = draw(4, 2), draw(4, 2), torch.tensor([1, 0, 2, 1])
    put(f"{case}/real", real)
    put(f"{case}/fake", fake)
    put(f"{case}/labels", y)
    (real_logits, real_classes), (fake_logits, fake_classes) = module(real), module(fake)
    put(f"{case}/real_logits", real_logits)
    put(f"{case}/real_classes", real_classes)
    source = F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()
    on_real, on_fake = F.cross_entropy(real_classes, y), F.cross_entropy(fake_classes, y)
    put(f"{case}/discriminator_loss", source + 1.0 * on_real + 0.5 * on_fake)
    put(f"{case}/generator_loss", F.softplus(-fake_logits).mean() + 0.1 * on_fake)
    put_gradients(case, source + 1.0 * on_real + 0.5 * on_fake, module)


def main(directory):
    conditional_batch_norm("conditional_batch_norm_train", True)
    conditional_batch_norm("conditional_batch_norm_eval", False)
    projection()
    auxiliary_classifier()
    save_file(OUT, str(directory / "conditional.safetensors"))


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "golden")
