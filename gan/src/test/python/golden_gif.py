"""Writes GIF files of every kind, byte by byte after the specification of 1990, with the pixels that are seen of them.

Usage: python golden_gif.py [--check] [DIRECTORY]     needs numpy and Pillow; defaults to ../resources/golden
       --check tells how Pillow sees each file
"""

import pathlib
import struct
import sys

import numpy
from golden_files import WHITE, Golden, lzw, picture

HEIGHT, WIDTH = 13, 17
COMMENT = b"!\xfe\x05hello\x00"
LOOP = b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
END = b";"


def screen(width=WIDTH, height=HEIGHT, palette=None, background=0, version=b"GIF89a"):
    flags = 0 if palette is None else 0x80 | size_of(palette)
    return version + struct.pack("<HHBBB", width, height, flags, background, 0) + colours(palette)


def size_of(palette):
    return max(1, (len(palette) - 1).bit_length()) - 1


def colours(palette):
    if palette is None:
        return b""
    return palette.astype(numpy.uint8).tobytes() + bytes(3 * ((2 << size_of(palette)) - len(palette)))


def control(transparent=None, dispose=0):
    return b"!\xf9" + struct.pack("<BBHBB", 4, dispose << 2 | (transparent is not None), 10, transparent or 0, 0)


def frame(values, x=0, y=0, palette=None, interlaced=False, size=8, block=255, **coding):
    flags = (0 if palette is None else 0x80 | size_of(palette)) | (0x40 if interlaced else 0)
    height, width = values.shape
    rows = values
    if interlaced:
        rows = numpy.concatenate([values[0::8], values[4::8], values[2::4], values[1::2]])
    data = little(lzw(rows.reshape(-1), size, **coding))
    blocks = b"".join(bytes((len(data[i:i + block]),)) + data[i:i + block] for i in range(0, len(data), block))
    return b"," + struct.pack("<HHHHB", x, y, width, height, flags) + colours(palette) + bytes((size,)) + blocks + bytes(1)


def little(codes):
    """Codes packed from the lowest bit on."""
    number = used = 0
    for code, bits in codes:
        number |= code << used
        used += bits
    return number.to_bytes((used + 7) // 8, "little")


def on_screen(pixels, opaque, x, y, width, height):
    seen = numpy.full((height, width, 3), WHITE, numpy.uint8)
    seen[y:y + pixels.shape[0], x:x + pixels.shape[1]] = numpy.where(opaque[..., None], pixels, WHITE)
    return seen


def plain(golden):
    for bits in range(1, 9):
        count = 1 << bits
        palette = picture(1, count, 3, seed=bits)[0]
        values = picture(HEIGHT, WIDTH, 1, count)[..., 0]
        size = max(2, bits)
        pixels = palette[values].astype(numpy.uint8)
        other = picture(1, 256, 3, seed=99)[0]
        golden.add(f"{count}-colours", pixels, **{
            "global": screen(palette=palette) + frame(values, size=size) + END,
            "interlaced": screen(palette=palette) + frame(values, interlaced=True, size=size) + END,
            "local": screen() + frame(values, palette=palette, size=size) + END})
        if bits == 4:
            golden.add("16-colours-variants", pixels, **{
                "87a": screen(palette=palette, version=b"GIF87a") + frame(values, size=4) + END,
                "local-over-global": screen(palette=other) + frame(values, palette=palette, size=4) + END,
                "more-bits-than-colours": screen(palette=palette) + frame(values) + END,
                "small-blocks": screen(palette=palette) + frame(values, size=4, block=3) + END,
                "no-end-code": screen(palette=palette) + frame(values, size=4, end=False) + END,
                "no-trailer": screen(palette=palette) + frame(values, size=4),
                "comments": screen(palette=palette) + COMMENT + LOOP + COMMENT + frame(values, size=4) + COMMENT + END,
                "background": screen(palette=palette, background=7) + frame(values, size=4) + END,
                "rubbish-behind": screen(palette=palette) + frame(values, size=4) + END + b"rubbish",
                "screen-0x0": screen(0, 0, palette=palette) + frame(values, size=4) + END,
                "screen-too-small": screen(5, 3, palette=palette) + frame(values, size=4) + END})
    for height in (1, 2, 3, 4, 5, 8, 9):
        golden.add(f"{height}-rows", pixels[:height],
                   interlaced=screen(height=height, palette=palette) + frame(values[:height], interlaced=True) + END)
    golden.add("one-pixel", pixels[:1, :1], plain=screen(1, 1, palette) + frame(values[:1, :1]) + END)


def full_table(golden):
    """More than 4096 words: the table is cleared, or used as it is."""
    palette = picture(1, 256, 3, seed=8)[0]
    values = picture(72, 80, 1)[..., 0]
    golden.add("full-table", palette[values].astype(numpy.uint8),
               cleared=screen(80, 72, palette) + frame(values) + END,
               kept=screen(80, 72, palette) + frame(values, clear_when_full=False) + END)


def transparent(golden):
    palette = picture(1, 16, 3, levels=200, seed=4)[0]
    values = picture(HEIGHT, WIDTH, 1, 16)[..., 0]
    pixels = palette[values].astype(numpy.uint8)
    opaque = values != 6
    golden.add("transparent", on_screen(pixels, opaque, 0, 0, WIDTH, HEIGHT), **{
        "plain": screen(palette=palette) + control(6) + frame(values, size=4) + END,
        "interlaced": screen(palette=palette) + control(6) + frame(values, interlaced=True, size=4) + END,
        "background": screen(palette=palette, background=3) + control(6) + frame(values, size=4) + END,
        "second-control": screen(palette=palette) + control(2) + COMMENT + control(6) + frame(values, size=4) + END,
        "local": screen(palette=palette[::-1]) + control(6) + frame(values, palette=palette, size=4) + END})
    golden.add("transparent-beyond-palette", pixels,
               control=screen(palette=palette) + control(200) + frame(values, size=4) + END)
    all_opaque = numpy.ones_like(opaque)
    golden.add("offset", on_screen(pixels, all_opaque, 5, 3, 30, 20), **{
        "plain": screen(30, 20, palette) + frame(values, 5, 3, size=4) + END,
        "background": screen(30, 20, palette, background=4) + frame(values, 5, 3, size=4) + END,
        "interlaced": screen(30, 20, palette) + frame(values, 5, 3, interlaced=True, size=4) + END})
    golden.add("offset-transparent", on_screen(pixels, opaque, 5, 3, 30, 20),
               control=screen(30, 20, palette) + control(6) + frame(values, 5, 3, size=4) + END)
    golden.add("offset-beyond-screen", on_screen(pixels, all_opaque, 5, 3, WIDTH + 5, 20),
               right=screen(20, 20, palette) + frame(values, 5, 3, size=4) + END)


def animated(golden):
    palette = picture(1, 16, 3, levels=200, seed=4)[0]
    frames = [picture(HEIGHT, WIDTH, 1, 16, seed=i)[..., 0] for i in range(3)]
    opaque = frames[0] != 6
    start = screen(palette=palette) + LOOP
    golden.add("animated", on_screen(palette[frames[0]].astype(numpy.uint8), opaque, 0, 0, WIDTH, HEIGHT), **{
        "whole": start + b"".join(control(6 + i, dispose=i) + frame(f, size=4) for i, f in enumerate(frames)) + END,
        "parts": start + control(6) + frame(frames[0], size=4) + control(1) + frame(frames[1][:4, :5], 3, 2, size=4) + END})


if __name__ == "__main__":
    arguments = [word for word in sys.argv[1:] if word != "--check"]
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    with Golden(pathlib.Path(arguments[0] if arguments else default) / "gif.zip.gz", "--check" in sys.argv) as made:
        plain(made)
        full_table(made)
        transparent(made)
        animated(made)
