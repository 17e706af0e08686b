"""What the makers of picture files share: pictures, and the zip that holds each file beside the pixels that are seen of it."""

import gzip
import io
import zipfile

import numpy
from PIL import Image

WHITE = 255


def picture(height, width, channels, levels=256, seed=1):
    """Noise on a slope, so that no row, column or channel equals another: numbers below levels, HWC."""
    rng = numpy.random.default_rng(seed)
    y, x, c = numpy.meshgrid(numpy.arange(height), numpy.arange(width), numpy.arange(channels), indexing="ij")
    slope = (y / height + x / width + c / channels) / 3
    return numpy.floor(levels * (0.6 * slope + 0.4 * rng.random((height, width, channels)))).astype(numpy.int64)


def seen(samples, alpha=None, premultiplied=False):
    """What is seen of samples in [0, 1], HWC of 1 or 3, with alpha in [0, 1], HW1, on white: bytes, HW3."""
    if alpha is not None:
        samples = (samples if premultiplied else samples * alpha) + 1 - alpha
    rounded = numpy.clip(numpy.floor(samples * 255 + 0.5), 0, 255).astype(numpy.uint8)
    return numpy.broadcast_to(rounded, rounded.shape[:2] + (3,))


def lzw(values, size, early=0, clear_when_full=True, end=True):
    """The codes of LZW and the bits of each: size bits a value; codes get longer early, by one code, in TIFF.

    A full table is cleared, or used on to the end.
    """
    clear = 1 << size
    codes = [(clear, size + 1)]
    table, bits, word = {(i,): i for i in range(clear)}, size + 1, ()
    following = clear + 2
    for value in map(int, values):
        if word + (value,) in table:
            word += (value,)
            continue
        codes.append((table[word], bits))
        if following < 4096 - early:
            table[word + (value,)] = following
            following += 1
            bits += following + early > 1 << bits and bits < 12
        elif clear_when_full:
            codes.append((clear, bits))
            table, bits, following = {(i,): i for i in range(clear)}, size + 1, clear + 2
        word = (value,)
    codes.append((table[word], bits))
    bits += following + 1 + early > 1 << bits and bits < 12
    return codes + [(clear + 1, bits)] * end


class Golden:
    """A zip with folders of files of which the same pixels are seen: KIND/FILE, and these pixels in KIND/seen.ppm.

    It is packed as a whole, since its files are much alike.
    """

    def __init__(self, path, check):
        self.path = path
        self.plain = io.BytesIO()
        self.zip = zipfile.ZipFile(self.plain, "w")
        self.check = check

    def add(self, kind, pixels, **files):
        """Files by what is special about them."""
        self.write(f"{kind}/seen.ppm", b"P6 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.tobytes())
        for name, content in files.items():
            self.write(f"{kind}/{name}", content)
            if self.check:
                print(f"{kind + '/' + name:40} {len(content):6} bytes; Pillow: {pillow(content, pixels)}")

    def write(self, name, content):
        self.zip.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.zip.close()
        self.path.write_bytes(gzip.compress(self.plain.getvalue(), 9, mtime=0))


def pillow(content, pixels):
    """How Pillow sees the file: a second opinion, which is not always right."""
    try:
        image = Image.open(io.BytesIO(content))
        seen_by_pillow = image.convert("RGBA")
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    on_white = Image.new("RGBA", image.size, "white")
    on_white.alpha_composite(seen_by_pillow)
    read = numpy.asarray(on_white.convert("RGB")).astype(int)
    if read.shape != pixels.shape:
        return f"{read.shape} instead of {pixels.shape}"
    difference = numpy.abs(read - pixels).max()
    return "equal" if difference == 0 else f"differs by {difference} ({image.mode})"
