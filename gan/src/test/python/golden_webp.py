"""Writes WebP files of every kind, with the pixels that libwebp makes of them through Pillow.

Usage: python golden_webp.py [--check] PROFILES [DIRECTORY]     needs numpy and Pillow; DIRECTORY defaults to ../resources/golden
       PROFILES is the folder profiles of github.com/saucecontrol/Compact-ICC-Profiles (public domain)
"""

import io
import pathlib
import struct
import sys

import numpy
from golden_files import Golden, seen
from golden_photos import blocks, converted, exif, smooth, stored
from PIL import Image

HEIGHT, WIDTH = 50, 27  # more rows than a macroblock has, since errors add up from row to row
ALPHA, EXIF, XMP, PROFILE, ANIMATION = 0x10, 0x08, 0x04, 0x20, 0x02


def pillow(samples, **options):
    out = io.BytesIO()
    Image.fromarray(samples.astype(numpy.uint8)).save(out, "WEBP", **options)
    return out.getvalue()


def chunk(name, data):
    return name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def chunks(file):
    at, found = 12, []
    while at + 8 <= len(file):
        size = int.from_bytes(file[at + 4:at + 8], "little")
        found.append((file[at:at + 4], file[at + 8:at + 8 + size]))
        at += 8 + size + size % 2
    return found


def riff(body):
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def image_chunks(file):
    return b"".join(chunk(n, d) for n, d in chunks(file) if n in (b"ALPH", b"VP8 ", b"VP8L"))


def extended(file, flags, before=b"", behind=b"", size=None):
    """A file in the extended format, with chunks before and behind the image."""
    width, height = size or Image.open(io.BytesIO(file)).size
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return riff(chunk(b"VP8X", bytes((flags, 0, 0, 0)) + sizes) + before + image_chunks(file) + behind)


def samples_of(file):
    return numpy.asarray(Image.open(io.BytesIO(file)).convert("RGBA")).astype(int)


def on_white(samples, profile=None):
    colours = samples[..., :3] if profile is None else converted(samples[..., :3], profile)
    return seen(colours / 255, samples[..., 3:] / 255)


def main(golden, profiles):
    colour = smooth(HEIGHT, WIDTH, 3, 256, 1)
    alpha = smooth(HEIGHT, WIDTH, 1, 256, 2)
    clear = numpy.concatenate([colour, alpha], -1)
    for name, samples, options in (
            ("lossy", colour, dict(quality=70)), ("lossy-poor", colour, dict(quality=5)),
            ("lossless", colour, dict(lossless=True)), ("lossy-alpha", clear, dict(quality=70)),
            ("lossless-alpha", clear, dict(lossless=True)), ("lossless-palette", colour // 64 * 64, dict(lossless=True)),
            ("few-colours", colour // 128 * 255, dict(lossless=True))):
        file = pillow(samples, method=4, **options)
        flag = ALPHA if samples.shape[2] == 4 else 0
        files = dict(plain=file, extended=extended(file, flag), xmp=extended(file, flag | XMP, behind=chunk(b"XMP ", b"<x/>")),
                     unknown=extended(file, flag, before=chunk(b"abcd", bytes(7))), trailing=file + b"behind the end")
        if len(chunks(file)[-1][1]) % 2:
            files["unpadded"] = file[:-1]
        golden.add(name, on_white(samples_of(file)), **files)
    for size in ((1, 1), (1, 2), (2, 1), (3, 5), (16, 16), (17, 15), (1, 40), (40, 1)):
        for lossless in (False, True):
            file = pillow(smooth(*size, 3, 256, 7 * size[0] + size[1]), lossless=lossless)
            golden.add(f"size-{size[0]}x{size[1]}-{lossless}", on_white(samples_of(file)), plain=file)
    profiled(golden, colour, clear, profiles)
    turned(golden)
    animated(golden, colour, clear)


def profiled(golden, colour, clear, profiles):
    p3 = (profiles / "DisplayP3-v4.icc").read_bytes()
    for name, file in (("lossy", pillow(colour, quality=80)), ("alpha", pillow(clear, lossless=True))):
        flag = ALPHA if name == "alpha" else 0
        bad = bytes((i * 91 + i // 5) % 256 for i in range(300))
        golden.add(f"unprofiled-{name}", on_white(samples_of(file)), broken=extended(file, PROFILE | flag, chunk(b"ICCP", bad)),
                   same=extended(file, PROFILE | flag, chunk(b"ICCP", (profiles / "sRGB-v2-micro.icc").read_bytes())),
                   grey=extended(file, PROFILE | flag, chunk(b"ICCP", (profiles / "sGrey-v4.icc").read_bytes())),
                   unannounced=extended(file, flag, chunk(b"ICCP", p3)), absent=extended(file, PROFILE | flag))
        golden.add(f"profile-{name}", on_white(samples_of(file), p3), p3=extended(file, PROFILE | flag, chunk(b"ICCP", p3)))


def turned(golden):
    upright = blocks(5, 3)
    files = {}
    for orientation in range(1, 9):
        file = pillow(stored(upright, orientation), lossless=True)
        data = exif(orientation, little=orientation % 2 == 0, long=orientation % 3 == 0)
        files[f"prefixed-{orientation}"] = extended(file, EXIF, behind=chunk(b"EXIF", data))
        files[f"plain-{orientation}"] = extended(file, EXIF | XMP, behind=chunk(b"XMP ", b"<x/>") + chunk(b"EXIF", data[6:]))
        files[f"early-{orientation}"] = extended(file, EXIF, before=chunk(b"EXIF", data[6:]))
    file = pillow(upright, lossless=True)
    files["unannounced"] = extended(file, 0, behind=chunk(b"EXIF", exif(3)))
    files["nonsense"] = extended(file, EXIF, behind=chunk(b"EXIF", exif(17)))
    files["absent"] = extended(file, EXIF)
    golden.add("turned", upright.astype(numpy.uint8), **files)


def animation(frames, size, extra=0, behind=b""):
    """A file of frames: (left, top, file)."""
    body = chunk(b"ANIM", bytes((10, 20, 200, 255, 0, 0)))
    for left, top, file in frames:
        width, height = Image.open(io.BytesIO(file)).size
        numbers = (left // 2, top // 2, width - 1, height - 1, 100)
        body += chunk(b"ANMF", b"".join(n.to_bytes(3, "little") for n in numbers) + b"\0" + image_chunks(file))
    sizes = (size[0] - 1).to_bytes(3, "little") + (size[1] - 1).to_bytes(3, "little")
    return riff(chunk(b"VP8X", bytes((ANIMATION | ALPHA | extra, 0, 0, 0)) + sizes) + body + behind)


def animated(golden, colour, clear):
    """The first frame, on its canvas."""
    other = pillow(255 - colour, quality=50)
    for name, first in (("lossy", pillow(colour, quality=70)), ("alpha", pillow(clear, quality=70)),
                        ("lossless", pillow(clear, lossless=True))):
        whole = animation([(0, 0, first), (0, 0, other)], (WIDTH, HEIGHT))
        part = animation([(4, 6, first), (0, 0, other)], (WIDTH + 9, HEIGHT + 11))
        golden.add(f"animated-{name}", on_white(samples_of(whole)), first=whole,
                   turned=animation([(0, 0, first)], (WIDTH, HEIGHT), EXIF, chunk(b"EXIF", exif(1))))
        golden.add(f"animated-part-{name}", on_white(samples_of(part)), first=part)


if __name__ == "__main__":
    check = "--check" in sys.argv
    places = [a for a in sys.argv[1:] if a != "--check"]
    out = pathlib.Path(places[1] if len(places) > 1 else pathlib.Path(__file__).parent / "../resources/golden")
    with Golden(out / "webp.zip.gz", check) as zipped:
        main(zipped, pathlib.Path(places[0]))
