"""Writes what the authors' PyTorch networks of pix2pix and CycleGAN compute: outputs, gradients and saved weights.

Usage: python golden_translation.py OFFICIAL [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden

OFFICIAL is a copy of github.com/junyanz/pytorch-CycleGAN-and-pix2pix. A case has CASE/state/NAME, CASE/input,
CASE/train/output, CASE/cotangent, CASE/grad/NAME and CASE/grad_input, the gradients of sum(train output * cotangent),
CASE/after/NAME, the buffers behind that pass, and CASE/eval/output, after it. Cases are float64 and without dropout (what
they begin with is stored as float32, which holds it), but those under dropout/ are float32 and draw from torch's own
generator, seeded with SEED before the pass.

Beside it are weights as that code saves them, official_unet.pth (zip) and official_resnet.pth (the format before PyTorch
1.6, with the names of several GPUs, and running statistics of instance normalization, as before PyTorch 0.4), and
official_discriminator.pth; official/NAME/{input,output} is what the networks make of an image in use.
"""

import functools
import pathlib
import sys

import torch
import torch.nn as nn
from safetensors.torch import save_file

sys.path.insert(0, sys.argv[1])
from models import networks  # noqa: E402

SEED = 2017
RANDOM = torch.Generator().manual_seed(1703)
OUT = {}
BATCH = functools.partial(nn.BatchNorm2d, affine=True, track_running_stats=True)
INSTANCE = functools.partial(nn.InstanceNorm2d, affine=False, track_running_stats=False)


def none(_):
    return nn.Identity()


def draw(*shape):
    """Float32 numbers, as float64."""
    return torch.empty(shape, dtype=torch.float32).normal_(0, 1, generator=RANDOM).double()


def put(name, tensor):
    OUT[name] = tensor.detach().clone().contiguous()


def draw_weights(network):
    network.double()
    for name, value in network.state_dict().items():
        if value.is_floating_point():
            matrix = value.dim() == 4
            value.copy_(draw(*value.shape) * (2 / value[0].numel()) ** 0.5 if matrix else 0.3 * draw(*value.shape))
            if "running_var" in name or (value.dim() == 1 and name.endswith("weight")):
                value.abs_().add_(0.5)
            value.copy_(value.float())
    return network


def put_given(name, tensor):
    """What the case begins with, which float32 holds."""
    put(name, tensor.float() if tensor.is_floating_point() else tensor)


def case(name, network, shape, dtype=torch.float64):
    network = draw_weights(network).to(dtype).train()
    for key, value in network.state_dict().items():
        put_given(f"{name}/state/{key}", value)
    x = (0.5 * draw(*shape)).to(dtype)
    put_given(f"{name}/input", x)
    x.requires_grad_(True)
    torch.manual_seed(SEED)
    y = network(x)
    cotangent = draw(*y.shape).to(dtype)
    put(f"{name}/train/output", y)
    put_given(f"{name}/cotangent", cotangent)
    gradients = torch.autograd.grad((y * cotangent).sum(), [x, *network.parameters()])
    put(f"{name}/grad_input", gradients[0])
    for (key, _), gradient in zip(network.named_parameters(), gradients[1:]):
        put(f"{name}/grad/{key}", gradient)
    for key, value in network.named_buffers():
        put(f"{name}/after/{key}", value)
    put(f"{name}/eval/output", network.eval()(x))


def unet(downs, norm, dropout=False, channels=(1, 2)):
    return networks.UnetGenerator(*channels, downs, ngf=1, norm_layer=norm, use_dropout=dropout)


def resnet(blocks, norm, dropout=False, channels=(3, 2)):
    return networks.ResnetGenerator(*channels, ngf=2, norm_layer=norm, use_dropout=dropout, n_blocks=blocks)


def patches(layers, norm):
    if layers == 0:
        return networks.PixelDiscriminator(2, ndf=3, norm_layer=norm)
    return networks.NLayerDiscriminator(2, ndf=2, n_layers=layers, norm_layer=norm)


def saved(directory):
    for name, network, size in (
        ("unet", unet(5, BATCH, True, (3, 3)), 32),
        ("resnet", resnet(2, INSTANCE, False, (1, 3)), 16),
    ):
        network = draw_weights(network).float().eval()
        x = 0.5 * draw(1, 1 if name == "resnet" else 3, size, size).float()
        put(f"official/{name}/input", x)
        put(f"official/{name}/output", network(x))
        state = network.state_dict()
        if name == "unet":
            torch.save(state, directory / "official_unet.pth")
        else:
            for layer in (2, 5, 8, 14, 17):
                state[f"model.{layer}.running_mean"] = torch.ones(8)
                state[f"model.{layer}.running_var"] = torch.ones(8)
                state[f"model.{layer}.num_batches_tracked"] = torch.tensor(7)
            state = {f"module.{key}": value for key, value in state.items()}
            torch.save(state, directory / "official_resnet.pth", _use_new_zipfile_serialization=False)
    torch.save(draw_weights(patches(1, BATCH)).float().state_dict(), directory / "official_discriminator.pth")


def main(directory):
    case("unet5/batch", unet(5, BATCH), (2, 1, 32, 32))
    case("unet5/instance", unet(5, INSTANCE), (1, 1, 32, 64))
    case("unet5/none", unet(5, none), (1, 1, 32, 32))
    case("unet6/batch", unet(6, BATCH), (1, 1, 64, 64))
    case("resnet6/instance", resnet(6, INSTANCE), (1, 3, 16, 24))
    case("resnet6/batch", resnet(6, BATCH), (2, 3, 8, 12))
    case("resnet0/none", resnet(0, none), (1, 3, 8, 8))
    for layers, norm, side in ((0, BATCH, 5), (0, INSTANCE, 5), (1, INSTANCE, 9), (1, none, 8), (3, BATCH, 32),
                               (3, INSTANCE, 33)):
        kind = "none" if norm is none else "batch" if norm is BATCH else "instance"
        case(f"patches{layers}/{kind}", patches(layers, norm), (2 if norm is BATCH else 1, 2, side, side + 1))
    case("dropout/unet6/batch", unet(6, BATCH, True), (1, 1, 64, 64), torch.float32)
    case("dropout/resnet2/batch", resnet(2, BATCH, True), (2, 3, 16, 16), torch.float32)
    saved(directory)
    save_file(OUT, directory / "translation.safetensors")


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    main(pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else default)
