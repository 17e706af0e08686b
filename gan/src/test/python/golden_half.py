"""Writes state dicts in half precision: one of float16 and one of bfloat16 values, in each format that is read.

Usage: python golden_half.py [DIRECTORY]      needs torch and safetensors; defaults to ../resources/golden
"""

import pathlib
import sys
from collections import OrderedDict

import torch
from safetensors.torch import save_file

VALUES = [1.0, -2.5, 1 / 3, 2.0**-24, 65504.0, -0.0, float("inf"), 1e-4]
STATE = OrderedDict(
    half=torch.tensor(VALUES, dtype=torch.float16).reshape(2, 4),
    turned=torch.tensor(VALUES[:6], dtype=torch.float16).reshape(2, 3).t(),
    brain=torch.tensor(VALUES, dtype=torch.bfloat16),
    single=torch.tensor([1 / 3]),
)

if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    directory = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    torch.save(STATE, directory / "half_zip.pth")
    torch.save(STATE, directory / "half_stream.pth", _use_new_zipfile_serialization=False)
    save_file({name: value.contiguous() for name, value in STATE.items()}, directory / "half.safetensors")
