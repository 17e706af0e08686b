"""Writes what PyTorch computes for layers, activations and objectives: values and gradients, in float64.

Usage: python golden_layers.py [DIRECTORY]      needs torch and safetensors; the directory defaults to ../resources/golden

A layer's tensors are named case/state/NAME before and case/after/NAME behind the forward pass (PyTorch's state-dict
names), case/input, case/output, case/cotangent, case/grad/NAME and case/grad_input: gradients of sum(output * cotangent).
"""

import pathlib
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

RANDOM = torch.Generator().manual_seed(2014)
OUT = {}


def draw(*shape):
    return torch.empty(shape, dtype=torch.float64).normal_(0, 1, generator=RANDOM)


def put(name, tensor):
    OUT[name] = tensor.detach().clone().contiguous()


def layer(case, module, x, train=True):
    module = module.double()
    for key, value in module.state_dict().items():
        if value.is_floating_point():
            value.copy_(draw(*value.shape).abs() + 0.1 if key.endswith("running_var") else draw(*value.shape))
        put(f"{case}/state/{key}", value)
    module.train(train)
    put(f"{case}/input", x)
    if x.is_floating_point():
        x = x.clone().requires_grad_(True)
    y = module(x)
    cotangent = draw(*y.shape)
    put(f"{case}/output", y)
    put(f"{case}/cotangent", cotangent)
    inputs = list(module.parameters()) + ([x] if x.is_floating_point() else [])
    gradients = torch.autograd.grad((y * cotangent).sum(), inputs)
    for (key, _), gradient in zip(module.named_parameters(), gradients):
        put(f"{case}/grad/{key}", gradient)
    if x.is_floating_point():
        put(f"{case}/grad_input", gradients[-1])
    for key, value in module.state_dict().items():
        put(f"{case}/after/{key}", value)


class Maxout(nn.Module):
    """The largest of each group of neighbouring features (Goodfellow et al. 2013)."""

    def __init__(self, pieces):
        super().__init__()
        self.pieces = pieces

    def forward(self, x):
        return x.reshape(x.shape[0], -1, self.pieces).max(dim=2).values


def main(directory):
    layer("linear", nn.Linear(5, 3), draw(4, 5))
    layer("linear_3d", nn.Linear(5, 3), draw(2, 4, 5))
    layer("conv2d", nn.Conv2d(3, 4, 4, stride=2, padding=1), draw(2, 3, 8, 8))
    layer("conv2d_without_bias", nn.Conv2d(2, 3, 3, stride=1, padding=0, bias=False), draw(2, 2, 6, 5))
    layer("conv_transpose2d", nn.ConvTranspose2d(3, 4, 4, stride=2, padding=1), draw(2, 3, 5, 5))
    layer("conv_transpose2d_without_bias", nn.ConvTranspose2d(6, 2, 7, bias=False), draw(3, 6, 1, 1))
    layer("batch_norm_train", nn.BatchNorm2d(3), draw(4, 3, 5, 5) * 3 + 2)
    layer("batch_norm_eval", nn.BatchNorm2d(3), draw(4, 3, 5, 5) * 3 + 2, train=False)
    layer("batch_norm_1d", nn.BatchNorm1d(4), draw(6, 4) * 0.01)  # small enough that epsilon counts
    layer("embedding", nn.Embedding(7, 3), torch.tensor([[0, 3, 3], [6, 1, 3]]))
    layer(
        "sequential",
        nn.Sequential(
            nn.Conv2d(1, 2, 3, padding=1),
            nn.BatchNorm2d(2),
            nn.LeakyReLU(0.2),
            nn.Flatten(),
            nn.Sequential(nn.Linear(32, 6), Maxout(3)),
            nn.Tanh(),
        ),
        draw(3, 1, 4, 4),
    )
    for name, module in {
        "relu": nn.ReLU(),
        "leaky_relu": nn.LeakyReLU(0.2),
        "tanh": nn.Tanh(),
        "sigmoid": nn.Sigmoid(),
        "silu": nn.SiLU(),
        "elu": nn.ELU(),
        "softplus": nn.Softplus(threshold=50),
        "maxout": Maxout(4),
        "flatten": nn.Flatten(),
    }.items():
        layer(f"activation/{name}", module, draw(3, 8) * 3)
    objectives()
    layer("instance_norm", nn.InstanceNorm2d(3, affine=False), draw(2, 3, 4, 5) * 3 + 2)
    layer("instance_norm_affine", nn.InstanceNorm2d(3, affine=True), draw(2, 3, 4, 5) * 3 + 2)
    layer("reflection_pad", nn.ReflectionPad2d(3), draw(2, 2, 4, 5))
    layer("conv_transpose2d_output_padding", nn.ConvTranspose2d(4, 2, 3, 2, 1, output_padding=1), draw(2, 4, 3, 4))
    save_file(OUT, directory / "layers.safetensors")


def objectives():
    edge = torch.tensor([-1000.0, -100.0, -30.0, -1.0, 0.0, 1.0, 30.0, 100.0, 1000.0], dtype=torch.float64)
    for dtype in (torch.float32, torch.float64):
        for batch, (real, fake) in {"edge": (edge, edge.flip(0)), "random": (draw(16) * 3, draw(12) * 3)}.items():
            case = f"objective/{str(dtype)[6:]}/{batch}"
            real = real.to(dtype).requires_grad_(True)
            fake = fake.to(dtype).requires_grad_(True)
            put(f"{case}/real", real)
            put(f"{case}/fake", fake)
            one, none = torch.ones_like, torch.zeros_like
            bce = F.binary_cross_entropy_with_logits
            discriminator = bce(real, one(real)) + bce(fake, none(fake))
            put(f"{case}/discriminator", discriminator)
            for name, gradient in zip(("real", "fake"), torch.autograd.grad(discriminator, (real, fake))):
                put(f"{case}/discriminator_grad_{name}", gradient)
            for name, loss in {"non_saturating": bce(fake, one(fake)), "minimax": -bce(fake, none(fake))}.items():
                put(f"{case}/{name}", loss)
                put(f"{case}/{name}_grad", torch.autograd.grad(loss, fake)[0])


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
