"""Writes a file with Python's safetensors that holds one tensor of each supported type, and reads one back.

Usage: python golden_safetensors.py [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden
       python golden_safetensors.py --check FILE     compares a file that another implementation wrote with the same
"""

import pathlib
import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

TENSORS = {
    "layers.0.weight": (torch.arange(12, dtype=torch.float32) / 8 - 0.75).reshape(3, 2, 2),
    "layers.0.bias": torch.tensor([1e-45, -0.0, float("inf"), 3.4028234663852886e38], dtype=torch.float32),
    "double": torch.tensor([[0.1, -1e300]], dtype=torch.float64),
    "brain": torch.tensor([1.0, -2.5, 3.0e38], dtype=torch.bfloat16),
    "num_batches_tracked": torch.tensor(9007199254740993, dtype=torch.int64),
    "pixels": torch.tensor([[0, 127], [128, 255]], dtype=torch.uint8),
    "mask": torch.tensor([True, False, True]),
    "empty": torch.zeros(0, 4),
    "né \"quoted\"": torch.tensor([7.0]),
}


def check(file):
    read = load_file(file)
    assert read.keys() == TENSORS.keys(), read.keys()
    for name, value in TENSORS.items():
        assert read[name].dtype == value.dtype and torch.equal(read[name], value), name
    with safe_open(file, "pt") as opened:
        assert opened.metadata() == {"format": "pt"}, opened.metadata()
    print(f"{file}: {len(read)} tensors equal")


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    if sys.argv[1:2] == ["--check"]:
        check(sys.argv[2])
    else:
        directory = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
        save_file(TENSORS, directory / "types.safetensors", metadata={"format": "pt"})
