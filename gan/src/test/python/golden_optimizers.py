"""Writes where PyTorch's optimizers arrive after 50 and 100 steps of given gradients, and on a small network.

Usage: python golden_optimizers.py [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden

gradient/NAME holds all gradients, [steps, ...]; start/NAME the weights before; CASE/STEP/NAME the weights behind a step,
and CASE/STEP/NAME.KIND the state under PyTorch's word for it. network/... is the same for a network and its own gradients.
"""

import pathlib
import sys

import torch
import torch.nn as nn
from safetensors.torch import save_file

STEPS = 100
SHAPES = {"first.weight": (4, 3), "first.bias": (5,), "conv.weight": (3, 2, 4, 4)}
RANDOM = torch.Generator().manual_seed(1412)
OUT = {}
CASES = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.5),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=5e-5),
    "rmsprop_large": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-3),
    "adam": lambda p: torch.optim.Adam(p, lr=2e-4, betas=(0.5, 0.999)),
    "adam_large": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.9, 0.99), eps=1e-3),
}


def draw(*shape):
    return torch.empty(shape).normal_(0, 1, generator=RANDOM)


def put(name, tensor):
    OUT[name] = tensor.detach().to(torch.float32).clone().contiguous()


def put_state(prefix, weights, optimizer):
    for name, weight in weights.items():
        put(f"{prefix}/{name}", weight)
        for kind, value in optimizer.state[weight].items():
            if torch.is_tensor(value) and (kind != "step" or isinstance(optimizer, torch.optim.Adam)):
                put(f"{prefix}/{name}.{kind}", value)


def sequences():
    start = {name: draw(*shape) for name, shape in SHAPES.items()}
    # Of several sizes, and with zeros, as gradients of ReLU networks have them.
    gradients = {name: draw(STEPS, *shape) * 0.3 * (draw(STEPS, *shape) > -1) for name, shape in SHAPES.items()}
    for name in SHAPES:
        put(f"start/{name}", start[name])
        put(f"gradient/{name}", gradients[name])
    for case, make in CASES.items():
        weights = {name: value.clone().requires_grad_(True) for name, value in start.items()}
        optimizer = make(list(weights.values()))
        for step in range(STEPS):
            for name, weight in weights.items():
                weight.grad = gradients[name][step].clone()
            optimizer.step()
            if step + 1 in (1, 50, 100):
                put_state(f"{case}/{step + 1}", weights, optimizer)


def network():
    torch.manual_seed(7)
    x = draw(8, 2, 6, 6)
    target = draw(8, 4)
    put("network/input", x)
    put("network/target", target)
    for case, make in CASES.items():
        if case in ("adam_large", "rmsprop_large", "momentum"):
            torch.manual_seed(7)
            module = nn.Sequential(
                nn.Conv2d(2, 4, 4, stride=2, padding=1), nn.Tanh(), nn.ConvTranspose2d(4, 4, 4, stride=2, padding=1),
                nn.Tanh(), nn.Conv2d(4, 4, 6), nn.Flatten())
            for name, value in module.state_dict().items():
                put(f"network/start/{name}", value)
            optimizer = make(list(module.parameters()))
            for step in range(20):
                loss = ((module(x) - target) ** 2).mean()
                put(f"network/{case}/loss/{step}", loss)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            put_state(f"network/{case}/20", dict(module.named_parameters()), optimizer)


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    sequences()
    network()
    save_file(OUT, (pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default) / "optimizers.safetensors")
