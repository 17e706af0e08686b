"""Writes BMP files of every kind, byte by byte after Microsoft's and IBM's descriptions, with the pixels that are seen of them.

Usage: python golden_bmp.py [--check] [DIRECTORY]     needs numpy and Pillow; defaults to ../resources/golden
       --check tells how Pillow sees each file
"""

import pathlib
import struct
import sys

import numpy
from golden_files import Golden, picture, seen

HEIGHT, WIDTH = 9, 17
RGB, RLE8, RLE4, BITFIELDS = 0, 1, 2, 3


def bmp(bits, rows, palette=(), header=40, compression=RGB, masks=(), top_down=False, gap=0, used=None, size=None):
    """A file: rows as bytes, from the first on; palette of (red, green, blue)."""
    width, height = size or (WIDTH, HEIGHT)
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
        colours = b"".join(bytes((b, g, r)) for r, g, b in palette)
    else:
        info = struct.pack("<IiiHHIIiiII", header, width, -height if top_down else height, 1, bits, compression, len(rows),
                           2835, 2835, len(palette) if used is None else used, 0)
        if header >= 52 and header != 64:
            info += struct.pack("<4I", *(tuple(masks) + (0,) * 4)[:4])
        if header >= 108:
            info += b"BGRs" + bytes(48)
        info = info[:header] + bytes(max(0, header - len(info)))
        if header == 40 and compression == BITFIELDS:
            info += struct.pack(f"<{len(masks)}I", *masks)
        colours = b"".join(bytes((b, g, r, 0)) for r, g, b in palette)
    offset = 14 + len(info) + len(colours) + gap
    return struct.pack("<2sIHHI", b"BM", offset + len(rows), 0, 0, offset) + info + colours + bytes(gap) + rows


def packed(values, bits, top_down=False):
    """Rows of whole numbers, each filled up to four bytes; the last row first unless top down."""
    rows = []
    for row in values if top_down else values[::-1]:
        if bits >= 8:
            line = b"".join(int(v).to_bytes(bits // 8, "little") for v in row)
        else:
            binary = "".join(format(int(v), f"0{bits}b") for v in row)
            binary += "0" * (-len(binary) % 8)
            line = int(binary, 2).to_bytes(len(binary) // 8, "big")
        rows.append(line + bytes(-len(line) % 4))
    return b"".join(rows)


def fields(samples, masks):
    """One number for each pixel: the samples where the masks are."""
    total = numpy.zeros(samples.shape[:2], numpy.int64)
    for c, mask in enumerate(masks):
        if mask:
            total |= samples[..., c] << ((mask & -mask).bit_length() - 1)
    return total


def levels(mask):
    return mask // (mask & -mask) + 1 if mask else 1


def rle8(values):
    """Runs, absolute stretches of at least three, and an odd one with its filling byte, in turns."""
    data = b""
    for row in values[::-1]:
        at = 0
        while at < len(row):
            count = 1
            while at + count < len(row) and row[at + count] == row[at]:
                count += 1
            if count == 1 and len(row) - at >= 5:
                data += bytes((0, 5, *row[at:at + 5], 0))
                at += 5
            else:
                data += bytes((count, row[at]))
                at += count
        data += bytes((0, 0))
    return data + bytes((0, 1))


def rle4(values):
    """Runs of two colours in turns, and absolute stretches of six, which take three bytes and one that fills."""
    data = b""
    for row in values[::-1]:
        at = 0
        while at < len(row):
            if len(row) - at >= 6 and at % 4 == 0:
                six = row[at:at + 6]
                data += bytes((0, 6, six[0] << 4 | six[1], six[2] << 4 | six[3], six[4] << 4 | six[5], 0))
                at += 6
            else:
                count = 1
                while at + count < len(row) and (count < 2 or row[at + count] == row[at + count - 2]):
                    count += 1
                data += bytes((count, row[at] << 4 | (row[at + 1] if count > 1 else 0)))
                at += count
        data += bytes((0, 0))
    return data + bytes((0, 1))


def indexed(golden):
    for bits in (1, 4, 8):
        palette = picture(1, 1 << bits, 3, seed=bits)[0]
        values = picture(HEIGHT, WIDTH, 1, 1 << bits)[..., 0]
        rows = packed(values, bits)
        files = {f"header-{header}": bmp(bits, rows, palette, header) for header in (12, 16, 40, 64, 108, 124)}
        files["top-down"] = bmp(bits, packed(values, bits, True), palette, top_down=True)
        files["unsaid-palette-gap"] = bmp(bits, rows, palette, used=0, gap=6)
        golden.add(f"{bits}-bit", seen(palette[values] / 255), **files)
    grey = numpy.arange(16)[:, None] * 17 + numpy.zeros((1, 3), int)
    values = picture(HEIGHT, WIDTH, 1, 16)[..., 0]
    golden.add("grey", seen(grey[values] / 255), four_bits=bmp(4, packed(values, 4), grey))
    few = picture(1, 5, 3, seed=9)[0]
    values = picture(HEIGHT, WIDTH, 1, 5)[..., 0]
    golden.add("few-colours", seen(few[values] / 255), of_256=bmp(8, packed(values, 8), few), of_16=bmp(4, packed(values, 4), few))
    golden.add("one-pixel", seen(few[values[:1, :1]] / 255), eight_bits=bmp(8, packed(values[:1, :1], 8), few, size=(1, 1)))


def runs(golden):
    for bits, compression, encode in ((8, RLE8, rle8), (4, RLE4, rle4)):
        palette = picture(1, 1 << bits, 3, seed=bits)[0]
        values = picture(HEIGHT, WIDTH, 1, 1 << bits)[..., 0]
        values[::2, 4:13] = values[::2, 4:5]
        values[1::4, 2:14] = numpy.tile(values[1::4, 2:4], (1, 6))
        data = encode(values)
        golden.add(f"rle{bits}", seen(palette[values] / 255), **{
            "header-40": bmp(bits, data, palette, 40, compression),
            "header-124": bmp(bits, data, palette, 124, compression),
            "top-down": bmp(bits, encode(values[::-1]), palette, compression=compression, top_down=True),
            "no-end": bmp(bits, data[:-2], palette, compression=compression)})
        # two rows; then 3 columns right and 2 rows up, a run there, an early end of line and an early end of the picture
        left = numpy.zeros_like(values)
        left[-2:] = values[-2:]
        left[-5, 3:9] = values[0, 0]
        run = bytes((6, values[0, 0] if bits == 8 else values[0, 0] * 17))
        data = encode(values[-2:])[:-2] + bytes((0, 2, 3, 2)) + run + bytes((0, 0, 0, 1))
        golden.add(f"rle{bits}-left-out", seen(palette[left] / 255), moves=bmp(bits, data, palette, compression=compression))


def direct(golden):
    for bits, masks, headers in (
        (16, (0x7c00, 0x3e0, 0x1f), (12, 40, 108)),
        (24, (0xff0000, 0xff00, 0xff), (12, 16, 40, 64, 108, 124)),
        (32, (0xff0000, 0xff00, 0xff), (12, 40, 108, 124)),
    ):
        samples = channels(masks)
        pixels = seen(samples / (levels(masks[0]) - 1))
        values = fields(samples, masks)
        if bits == 32:
            values |= picture(HEIGHT, WIDTH, 1, seed=7)[..., 0] << 24  # means nothing
        files = {f"header-{header}": bmp(bits, packed(values, bits), header=header) for header in headers}
        files["top-down"] = bmp(bits, packed(values, bits, True), top_down=True)
        files["with-palette"] = bmp(bits, packed(values, bits), [(1, 2, 3)] * 7)
        golden.add(f"{bits}-bit", pixels, **files)


def bit_fields(golden):
    for name, bits, masks, headers in (
        ("565", 16, (0xf800, 0x7e0, 0x1f), (40, 52, 124)),
        ("555", 16, (0x7c00, 0x3e0, 0x1f), (40, 108)),
        ("4444", 16, (0xf00, 0xf0, 0xf, 0xf000), (56, 108, 124)),
        ("1555", 16, (0x7c00, 0x3e0, 0x1f, 0x8000), (56, 108)),
        ("xrgb", 32, (0xff0000, 0xff00, 0xff), (40, 52, 124)),
        ("bgrx", 32, (0xff, 0xff00, 0xff0000), (40, 108)),
        ("rgbx", 32, (0xff000000, 0xff0000, 0xff00), (40, 108)),
        ("argb", 32, (0xff0000, 0xff00, 0xff, 0xff000000), (56, 108, 124)),
        ("rgba", 32, (0xff000000, 0xff0000, 0xff00, 0xff), (56, 108, 124)),
        ("abgr", 32, (0xff, 0xff00, 0xff0000, 0xff000000), (108,)),
        ("10-bits", 32, (0x3ff00000, 0xffc00, 0x3ff), (40, 108)),
        ("12-7-7-bits", 32, (0xfff, 0x7f000, 0x3f80000), (40,)),
    ):
        samples = channels(masks)
        scaled = samples / [levels(mask) - 1 for mask in masks]
        pixels = seen(scaled[..., :3], scaled[..., 3:] if len(masks) == 4 else None)
        rows = packed(fields(samples, masks), bits)
        golden.add(f"fields-{name}", pixels, **{
            f"header-{header}": bmp(bits, rows, header=header, compression=BITFIELDS, masks=masks) for header in headers})
    # alpha is 0 everywhere: written by programs that know of none
    masks = (0xff0000, 0xff00, 0xff, 0xff000000)
    samples = picture(HEIGHT, WIDTH, 3)
    file = bmp(32, packed(fields(samples, masks[:3]), 32), header=124, compression=BITFIELDS, masks=masks)
    golden.add("fields-alpha-unused", seen(samples / 255), argb=file)


def channels(masks):
    """Samples that fill each mask."""
    return numpy.concatenate([picture(HEIGHT, WIDTH, 1, levels(mask), seed=i) for i, mask in enumerate(masks)], 2)


if __name__ == "__main__":
    arguments = [word for word in sys.argv[1:] if word != "--check"]
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    with Golden(pathlib.Path(arguments[0] if arguments else default) / "bmp.zip.gz", "--check" in sys.argv) as made:
        indexed(made)
        runs(made)
        direct(made)
        bit_fields(made)
