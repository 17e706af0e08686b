"""What the makers of PNG, JPEG and WebP files share: pictures, orientations in EXIF, and colour profiles."""

import io
import struct

import numpy
from PIL import Image, ImageCms

# The samples of an upright picture where each orientation stores them (EXIF 2.32, tag 0x0112).
STORED = {
    1: lambda p: p,
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.transpose(1, 0, 2),
    6: lambda p: p.transpose(1, 0, 2)[::-1],
    7: lambda p: p.transpose(1, 0, 2)[::-1, ::-1],
    8: lambda p: p.transpose(1, 0, 2)[:, ::-1],
}


def stored(upright, orientation):
    return numpy.ascontiguousarray(STORED[orientation](upright))


def smooth(height, width, channels, levels=256, seed=1):
    """Waves, so that no row, column or channel equals another: whole numbers below levels, HWC; small when compressed."""
    rng = numpy.random.default_rng(seed)
    y, x = numpy.meshgrid(numpy.arange(height) / max(2, height), numpy.arange(width) / max(2, width), indexing="ij")
    planes = []
    for _ in range(channels):
        a, b, c, d = rng.uniform(0.6, 2.2, 4)
        wave = numpy.sin(2 * numpy.pi * (a * x + b * y) + 3 * c) + numpy.sin(2 * numpy.pi * (d * x - c * y) + 5 * a)
        planes.append(numpy.clip(numpy.floor((wave / 3.6 + 0.5) * levels), 0, levels - 1))
    return numpy.stack(planes, -1).astype(numpy.int64)


def blocks(rows, columns):
    """Blocks of 8x8 pixels, each of another colour."""
    return numpy.kron(smooth(rows, columns, 3, 256, 4), numpy.ones((8, 8, 1), int))


def exif(orientation, little=False, long=False):
    """EXIF as a JPEG file has it, with its prefix: an entry before the orientation, and one behind it."""
    e = "<" if little else ">"
    value = struct.pack(e + "I", orientation) if long else struct.pack(e + "HH", orientation, 0)
    entries = struct.pack(e + "HHIHH", 0x0100, 3, 1, 77, 0)
    entries += struct.pack(e + "HHI", 0x0112, 4 if long else 3, 1) + value
    entries += struct.pack(e + "HHII", 0x8769, 4, 1, 0)
    return (b"Exif\0\0" + (b"II*\0" if little else b"MM\0*") + struct.pack(e + "IH", 8, 3) + entries + bytes(4))


def converted(samples, profile, mode=None):
    """Samples of 8 bits from a profile to sRGB: bytes, HW3."""
    mode = mode or {1: "L", 3: "RGB"}[samples.shape[2]]
    pixels = samples.astype(numpy.uint8)
    image = Image.fromarray(pixels[..., 0] if mode == "L" else pixels, mode)
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), mode, "RGB",
        ImageCms.Intent.PERCEPTUAL, ImageCms.Flags.NOOPTIMIZE)
    return numpy.asarray(ImageCms.applyTransform(image, transform))
