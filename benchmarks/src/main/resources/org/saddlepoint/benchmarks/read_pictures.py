"""The peer of PictureReadingBenchmark: decodes and resizes pictures as torchvision's ImageFolder does with
Resize(size, BICUBIC), CenterCrop(size) and ToTensor on Pillow's images, in as many processes as there are cores.

Usage: python read_pictures.py FOLDER [--size 64] [--processes N] [--rounds 5]     needs Pillow and numpy
"""

import argparse
import multiprocessing
import pathlib
import time

import numpy
from PIL import Image


def read(job):
    file, size = job
    with open(file, "rb") as opened:
        image = Image.open(opened).convert("RGB")
    width, height = image.size
    short = min(width, height)
    image = image.resize((max(size, size * width // short), max(size, size * height // short)), Image.Resampling.BICUBIC)
    left, top = (image.width - size) // 2, (image.height - size) // 2
    pixels = numpy.asarray(image.crop((left, top, left + size, top + size)), numpy.float32)
    return (pixels.transpose(2, 0, 1) / 255).sum()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    files = sorted(path for path in options.folder.rglob("*") if path.is_file())
    jobs = [(file, options.size) for file in files]
    with multiprocessing.Pool(options.processes) as pool:
        pool.map(read, jobs[:1], chunksize=1)
        for _ in range(options.rounds):
            start = time.perf_counter()
            pool.map(read, jobs, chunksize=max(1, len(jobs) // (4 * options.processes)))
            print(f"{len(jobs) / (time.perf_counter() - start):.0f} pictures/s", flush=True)


if __name__ == "__main__":
    main()
