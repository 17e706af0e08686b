"""Writes what torch-fidelity's Inception-v3 sees with pseudo-random weights, and small files of torch.save and torch.jit.

Usage: python golden_inception.py [DIRECTORY]    needs torch, torch-fidelity 0.4, numpy and safetensors; the directory
                                                 defaults to ../resources/golden

The weights are 95 MB and so are made by both sides: PseudoRandom.java has the same generator. inception.safetensors has
small/NAME for 8 images of 37x53 and large/NAME for 8 of 310x299, NAME one of torch-fidelity's features. Pixels are the
generator's bits for "small" and "large", in image i modulo 256 / 2^i, so that images differ.

Beside it are state dicts: state_zip.pth and state_stream.pth (the two formats of torch.save) of the same tensors, and
features.pt, a TorchScript module with the arguments of the Inception of StyleGAN's metrics.
"""

import pathlib
import sys
from collections import OrderedDict

import numpy as np
import torch
import torch_fidelity
from safetensors.torch import save_file
from torch_fidelity.feature_extractor_inceptionv3 import FeatureExtractorInceptionV3

MASK = (1 << 64) - 1


def bits(name, count):
    """SplitMix64 (Steele et al. 2014), seeded by FNV-1a of the name: the first `count` words."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) & MASK
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def uniform(name, shape, low, high):
    """Float64 in [low, high) from the upper 53 bits, rounded to float32."""
    count = int(np.prod(shape))
    unit = (bits(name, count) >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return torch.from_numpy((low + (high - low) * unit).astype(np.float32).reshape(shape))


def weight(name, shape):
    if name.endswith("num_batches_tracked"):
        return torch.tensor(7)
    if name.endswith("conv.weight") or name == "fc.weight":
        bound = (6 / np.prod(shape[1:])) ** 0.5  # keeps the size of activations under ReLU
        return uniform(name, shape, -bound, bound)
    if name.endswith("running_var") or name.endswith("bn.weight"):
        return uniform(name, shape, 0.5, 1.5)
    return uniform(name, shape, -0.25, 0.25)  # bn.bias, running_mean, fc.bias


class Extractor(FeatureExtractorInceptionV3):
    """torch-fidelity's network; the weights are not read from a file."""

    def load_state_dict(self, state_dict, *arguments, **named):
        made = OrderedDict((name, weight(name, tuple(value.shape))) for name, value in self.state_dict().items())
        return super().load_state_dict(made, *arguments, **named)


def network(features):
    torch.save({}, "/tmp/unused.pth")
    try:
        return Extractor("inception", features, feature_extractor_weights_path="/tmp/unused.pth")
    finally:
        pathlib.Path("/tmp/unused.pth").unlink()


class Features(torch.nn.Module):
    """Means of each channel as features; their softmax, with a bias or without, as probabilities."""

    def __init__(self):
        super().__init__()
        self.register_buffer("bias", torch.tensor([0.5, -0.25, 0.0]))

    def forward(self, img, return_features: bool = False, use_fp16: bool = False, no_output_bias: bool = False):
        features = img.to(torch.float32).mean([2, 3])
        if return_features:
            return features
        logits = features / 255 if no_output_bias else features / 255 + self.bias
        return logits.softmax(1)


def main():
    out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "../resources/golden")
    names = ["64", "192", "768", "2048", "logits_unbiased", "logits"]
    extractor = network(names)
    values = {}
    for size, (height, width) in {"small": (37, 53), "large": (310, 299)}.items():
        images = bits(size, 8 * 3 * height * width).reshape(8, 3, height, width)
        images = (images % (256 >> np.arange(8, dtype=np.uint64)).reshape(8, 1, 1, 1)).astype(np.uint8)
        for name, value in zip(names, extractor(torch.from_numpy(images))):
            print(size, name, tuple(value.shape), value.abs().max().item(), value.std().item())
            values[f"{size}/{name}"] = value.contiguous()
    print("torch", torch.__version__, "torch-fidelity", torch_fidelity.__version__)
    save_file(values, out / "inception.safetensors")

    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 2, 2) / 8
    state = OrderedDict(
        [
            ("layer.weight", base),
            ("layer.part", base[1, :, 1, :]),
            ("layer.channels_last", (base + 100).contiguous(memory_format=torch.channels_last)),
            ("double", torch.tensor([[0.1, -1e300]], dtype=torch.float64)),
            ("brain", torch.tensor([1, -2.5], dtype=torch.bfloat16)),
            ("num_batches_tracked", torch.tensor(9007199254740993)),
            ("pixels", torch.tensor([0, 127, 255], dtype=torch.uint8)),
            ("mask", torch.tensor([True, False])),
            ("empty", torch.zeros(0, 4)),
        ]
    )
    state._metadata = OrderedDict([("", {"version": 1})])
    torch.save(state, out / "state_zip.pth")
    torch.save(state, out / "state_stream.pth", _use_new_zipfile_serialization=False)
    torch.jit.script(Features().eval()).save(str(out / "features.pt"))


if __name__ == "__main__":
    main()
