"""The peer of `sample RUN --count 10000 --out DIR` on a run of dcgan-quick: draws digits of the same weights to single PNG files, as such
scripts do: batches of 64, then Pillow, picture by picture. --workers N encodes in N threads, which Pillow and zlib allow.

Usage: python sample_digits.py EXPORTED DIR [--count 10000] [--workers N]
EXPORTED is what `export RUN EXPORTED` wrote.    needs torch, safetensors and Pillow
"""

import argparse
import concurrent.futures
import pathlib
import time

import torch
from PIL import Image
from safetensors.torch import load_file
from torch import nn


def generator(weights):
    latent, wide = weights["layers.0.weight"].shape[:2]
    narrow = weights["layers.3.weight"].shape[1]
    layers = nn.Sequential(
        nn.ConvTranspose2d(latent, wide, 7, bias=False), nn.BatchNorm2d(wide), nn.ReLU(),
        nn.ConvTranspose2d(wide, narrow, 4, 2, 1, bias=False), nn.BatchNorm2d(narrow), nn.ReLU(),
        nn.ConvTranspose2d(narrow, 1, 4, 2, 1), nn.Tanh())
    layers.load_state_dict({name.removeprefix("layers."): tensor for name, tensor in weights.items()})
    return layers.eval()


def save(picture, file):
    Image.fromarray(picture).save(file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("exported", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--workers", type=int, default=0)
    arguments = parser.parse_args()
    start = time.perf_counter()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    network = generator(load_file(arguments.exported / "generator.safetensors"))
    pool = concurrent.futures.ThreadPoolExecutor(arguments.workers) if arguments.workers else None
    torch.manual_seed(0)
    with torch.inference_mode():
        for first in range(0, arguments.count, 64):
            latents = torch.randn(min(64, arguments.count - first), 100, 1, 1)
            pixels = ((network(latents)[:, 0] + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).numpy()
            for number, picture in enumerate(pixels, first):
                file = arguments.folder / f"{number:06d}.png"
                if pool:
                    pool.submit(save, picture, file)
                else:
                    save(picture, file)
    if pool:
        pool.shutdown()
    print(f"{arguments.count / (time.perf_counter() - start):.0f} pictures a second after the imports")


if __name__ == "__main__":
    main()
