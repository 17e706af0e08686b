"""Writes TIFF files of every kind, byte by byte after TIFF 6.0 and its supplements, with the pixels that are seen of them.

Usage: python golden_tiff.py [--check] [DIRECTORY]     needs numpy and Pillow; defaults to ../resources/golden
       --check tells how Pillow sees each file
"""

import io
import pathlib
import struct
import sys
import zlib

import numpy
from golden_files import Golden, lzw, picture, seen
from PIL import Image

HEIGHT, WIDTH = 9, 19
NONE, LZW, JPEG, DEFLATE, PACKBITS, OLD_DEFLATE = 1, 5, 7, 8, 32773, 32946
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK, YCBCR = 0, 1, 2, 3, 5, 6
SHORT, LONG, UNDEFINED, LONG8 = 3, 4, 7, 16
FORMATS = {SHORT: "H", LONG: "I", UNDEFINED: "B", LONG8: "Q"}


def tiff(samples, bits=8, photometric=None, compression=NONE, order="<", rows=4, tile=None, planar=False, predictor=1,
         parts=None, tags=None, **layout):
    """A file of samples, HWC.

    rows: of each strip; tile: (width, height); parts: compressed already; tags: {number: (type, values)}, None for none.
    """
    height, width, channels = samples.shape
    if photometric is None:
        photometric = BLACK_IS_ZERO if channels < 3 else RGB
    if parts is None:
        parts = [compress(part, bits, compression, order, predictor) for part in cut(samples, rows, tile, planar)]
    entries = {
        256: (SHORT, [width]), 257: (LONG, [height]), 258: (SHORT, [bits] * channels), 259: (SHORT, [compression]),
        262: (SHORT, [photometric]), 277: (SHORT, [channels])}
    entries |= {322: (SHORT, [tile[0]]), 323: (SHORT, [tile[1]])} if tile else {278: (SHORT, [rows])}
    entries |= {284: (SHORT, [2])} if planar else {}
    entries |= {317: (SHORT, [predictor])} if predictor > 1 else {}
    entries |= {324 if tile else 273: (LONG, parts), 325 if tile else 279: (LONG, [len(part) for part in parts])}
    entries = {tag: entry for tag, entry in (entries | (tags or {})).items() if entry}
    return assemble(entries, order, **layout)


def assemble(entries, order, big=False, pages=1, directory_first=False):
    """Head, data and directory; entries whose values are bytes are given the places of these."""
    start = 16 if big else 8
    data = {tag: values for tag, (_, values) in entries.items() if isinstance(values[0], bytes)}
    length = sum(len(part) + len(part) % 2 for parts in data.values() for part in parts)
    room = directory_of(entries | {tag: (LONG, [0] * len(parts)) for tag, parts in data.items()}, order, big, 0, pages)
    directory_at, at = (start, start + len(room)) if directory_first else (start + length, start)
    content, places = b"", {}
    for tag, parts in data.items():
        places[tag] = (LONG, [])
        for part in parts:
            places[tag][1].append(at + len(content))
            content += part + bytes(len(part) % 2)
    directory = directory_of(entries | places, order, big, directory_at, pages)
    head = (b"II" if order == "<" else b"MM") + (
        struct.pack(order + "HHHQ", 43, 8, 0, directory_at) if big else struct.pack(order + "HI", 42, directory_at))
    return head + (directory + content if directory_first else content + directory)


def directory_of(entries, order, big, at, pages):
    """The directory that is at this place, the values that do not fit in it, and more pages of the same content."""
    word, room = ("Q", 8) if big else ("I", 4)
    outside_at = at + (8 if big else 2) + len(entries) * (20 if big else 12) + room
    lines, outside = b"", b""
    for tag, (kind, values) in sorted(entries.items()):
        if big and kind == LONG:
            kind = LONG8
        content = struct.pack(f"{order}{len(values)}{FORMATS[kind]}", *values)
        if len(content) > room:
            place = struct.pack(order + word, outside_at + len(outside))
            outside += content + bytes(len(content) % 2)
            content = place
        lines += struct.pack(order + "HH" + word, tag, kind, len(values)) + content.ljust(room, b"\0")
    following = outside_at + len(outside) if pages > 1 else 0
    more = directory_of(entries, order, big, following, pages - 1) if pages > 1 else b""
    return struct.pack(order + ("Q" if big else "H"), len(entries)) + lines + struct.pack(order + word, following) + outside + more


def cut(samples, rows, tile, planar):
    planes = [samples[..., c:c + 1] for c in range(samples.shape[2])] if planar else [samples]
    for plane in planes:
        if tile:
            for y in range(0, plane.shape[0], tile[1]):
                for x in range(0, plane.shape[1], tile[0]):
                    part = plane[y:y + tile[1], x:x + tile[0]]
                    yield numpy.pad(part, ((0, tile[1] - part.shape[0]), (0, tile[0] - part.shape[1]), (0, 0)), mode="edge")
        else:
            yield from (plane[y:y + rows] for y in range(0, plane.shape[0], rows))


def compress(part, bits, compression, order, predictor):
    if predictor == 2:
        part = part.copy()
        part[:, 1:] -= part[:, :-1].copy()
        part %= 1 << bits
    lines = [line(row.reshape(-1), bits, order) for row in part]
    if compression == NONE:
        return b"".join(lines)
    if compression == PACKBITS:
        return b"".join(map(packbits, lines))
    if compression == LZW:
        return big_endian_bits(lzw(b"".join(lines), 8, early=1))
    return zlib.compress(b"".join(lines), 9)


def line(values, bits, order):
    if bits == 8:
        return values.astype(numpy.uint8).tobytes()
    if bits in (16, 32):
        return values.astype(f"{order}u{bits // 8}").tobytes()
    binary = "".join(format(int(v), f"0{bits}b") for v in values)
    return int(binary + "0" * (-len(binary) % 8), 2).to_bytes((len(binary) + 7) // 8, "big")


def packbits(content):
    packed, at = b"", 0
    while at < len(content):
        run = 1
        while run < 128 and content[at:at + run + 1] == content[at:at + 1] * (run + 1):
            run += 1
        if run > 1:
            packed += bytes((257 - run, content[at]))
            at += run
        else:
            packed += bytes((min(7, len(content) - at) - 1,)) + content[at:at + 7]
            at += 7
    return packed


def big_endian_bits(codes):
    binary = "".join(format(code, f"0{bits}b") for code, bits in codes)
    return int(binary + "0" * (-len(binary) % 8), 2).to_bytes((len(binary) + 7) // 8, "big")


ORDERS = {"little": "<", "big": ">"}
COMPRESSIONS = {"none": NONE, "packbits": PACKBITS, "lzw": LZW, "deflate": DEFLATE}


def every_way(samples, bits, **options):
    """Files in both orders of bytes with each compression."""
    return {f"{name}-{order}": tiff(samples, bits, compression=compression, order=sign, **options)
            for name, compression in COMPRESSIONS.items() for order, sign in ORDERS.items()}


def extra(*kinds):
    return {338: (SHORT, list(kinds))}


def grey(golden):
    for bits in (1, 2, 4, 8, 16):
        samples = picture(HEIGHT, WIDTH, 1, 1 << bits)
        samples[:, 3:12] = samples[:, 3:4]  # some runs
        files = every_way(samples, bits) | {
            "white-is-zero": tiff((1 << bits) - 1 - samples, bits, WHITE_IS_ZERO),
            "tiles": tiff(samples, bits, tile=(16, 16)),
            "one-strip": tiff(samples, bits, rows=HEIGHT),
            "no-photometric": tiff(samples, bits, tags={262: None}),
            "no-byte-counts": tiff(samples, bits, tags={279: None}),
            "wrong-byte-counts": tiff(samples, bits, tags={279: (LONG, [3] * 3)})}
        if bits >= 8:
            files |= {"predictor": tiff(samples, bits, compression=LZW, predictor=2),
                      "predictor-big": tiff(samples, bits, compression=DEFLATE, predictor=2, order=">")}
        else:
            files["fill-order"] = tiff(samples, bits, rows=HEIGHT, tags={266: (SHORT, [2])}, parts=[
                reversed_bits(compress(samples, bits, NONE, "<", 1))])
        golden.add(f"grey-{bits}", seen(samples / ((1 << bits) - 1)), **files)
    for bits in (10, 12, 14):
        samples = picture(HEIGHT, WIDTH, 1, 1 << bits)
        golden.add(f"grey-{bits}", seen(samples / ((1 << bits) - 1)), little=tiff(samples, bits),
                   big=tiff(samples, bits, order=">", compression=LZW), white_is_zero=tiff((1 << bits) - 1 - samples, bits, WHITE_IS_ZERO))
    for bits in (8, 16):
        most = (1 << bits) - 1
        samples = picture(HEIGHT, WIDTH, 2, 1 << bits)
        scaled = samples / most
        golden.add(f"grey-alpha-{bits}", seen(scaled[..., :1], scaled[..., 1:]), **{
            "unassociated": tiff(samples, bits, tags=extra(2)),
            "unsaid": tiff(samples, bits),
            "planar": tiff(samples, bits, tags=extra(2), planar=True)})
        golden.add(f"grey-unknown-{bits}", seen(scaled[..., :1]), unspecified=tiff(samples, bits, tags=extra(0)))
        samples[..., 0] = samples[..., 0] * samples[..., 1] // most
        golden.add(f"grey-associated-{bits}", seen(samples[..., :1] / most, scaled[..., 1:], True),
                   plain=tiff(samples, bits, tags=extra(1)))


def reversed_bits(content):
    return bytes(int(f"{byte:08b}"[::-1], 2) for byte in content)


def colour(golden):
    for bits in (8, 16):
        most = (1 << bits) - 1
        samples = picture(HEIGHT, WIDTH, 3, 1 << bits)
        golden.add(f"rgb-{bits}", seen(samples / most), **every_way(samples, bits), **{
            "old-deflate": tiff(samples, bits, compression=OLD_DEFLATE, predictor=2),
            "planar": tiff(samples, bits, planar=True),
            "planar-big": tiff(samples, bits, planar=True, order=">"),
            "predictor": tiff(samples, bits, compression=LZW, predictor=2),
            "predictor-big": tiff(samples, bits, compression=LZW, predictor=2, order=">"),
            "predictor-planar": tiff(samples, bits, compression=DEFLATE, predictor=2, planar=True),
            "tiles": tiff(samples, bits, compression=LZW, tile=(16, 16), predictor=2),
            "tiles-planar": tiff(samples, bits, compression=PACKBITS, tile=(16, 16), planar=True),
            "bigtiff": tiff(samples, bits, big=True),
            "bigtiff-big": tiff(samples, bits, big=True, order=">", compression=DEFLATE),
            "directory-first": tiff(samples, bits, directory_first=True),
            "pages": tiff(samples, bits, pages=3),
            "one-strip": tiff(samples, bits, rows=HEIGHT),
            "endless-strip": tiff(samples, bits, rows=HEIGHT, tags={278: (LONG, [0xffffffff])}),
            "no-rows": tiff(samples, bits, rows=HEIGHT, tags={278: None}),
            "no-photometric": tiff(samples, bits, tags={262: None})})
        samples = picture(HEIGHT, WIDTH, 4, 1 << bits)
        scaled = samples / most
        alpha = scaled[..., 3:]
        golden.add(f"rgba-{bits}", seen(scaled[..., :3], alpha), **{
            "unassociated": tiff(samples, bits, tags=extra(2)),
            "planar": tiff(samples, bits, tags=extra(2), planar=True),
            "unsaid": tiff(samples, bits),
            "predictor": tiff(samples, bits, compression=LZW, predictor=2, tags=extra(2))})
        golden.add(f"rgbx-{bits}", seen(scaled[..., :3]), unspecified=tiff(samples, bits, tags=extra(0)),
                   planar=tiff(samples, bits, tags=extra(0), planar=True))
        samples[..., :3] = samples[..., :3] * samples[..., 3:] // most
        golden.add(f"rgba-associated-{bits}", seen(samples[..., :3] / most, alpha, True),
                   plain=tiff(samples, bits, tags=extra(1)), planar=tiff(samples, bits, tags=extra(1), planar=True))
        samples = picture(HEIGHT, WIDTH, 5, 1 << bits)
        scaled = samples / most
        golden.add(f"rgb-and-two-{bits}", seen(scaled[..., :3]), unspecified=tiff(samples, bits, tags=extra(0, 0)))
        golden.add(f"rgba-and-one-{bits}", seen(scaled[..., :3], scaled[..., 3:4]), alpha=tiff(samples, bits, tags=extra(2, 0)))
    for bits in (2, 4, 12):
        samples = picture(HEIGHT, WIDTH, 3, 1 << bits)
        golden.add(f"rgb-{bits}", seen(samples / ((1 << bits) - 1)), plain=tiff(samples, bits), planar=tiff(samples, bits, planar=True))


def by_libtiff(golden):
    """Written by Pillow, in strips as libtiff cuts them."""
    rgb, grey_ = picture(HEIGHT, WIDTH, 3), picture(HEIGHT, WIDTH, 1)
    for name, samples in (("rgb", rgb), ("grey", grey_[..., 0])):
        image = Image.fromarray(samples.astype(numpy.uint8))
        files = {}
        for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits"):
            out = io.BytesIO()
            image.save(out, "TIFF", compression=compression)
            files[compression] = out.getvalue()
        golden.add(f"libtiff-{name}", seen(samples.reshape(HEIGHT, WIDTH, -1) / 255), **files)


def palettes(golden):
    for bits in (1, 2, 4, 8):
        palette = picture(1, 1 << bits, 3, seed=bits)[0]
        samples = picture(HEIGHT, WIDTH, 1, 1 << bits)
        by_channel = palette.T.reshape(-1)
        wide, shifted, narrow = ({320: (SHORT, [int(v) * f for v in by_channel])} for f in (257, 256, 1))
        golden.add(f"palette-{bits}", seen(palette[samples[..., 0]] / 255), plain=tiff(samples, bits, PALETTE, tags=wide),
                   shifted=tiff(samples, bits, PALETTE, tags=shifted, order=">"), lzw=tiff(samples, bits, PALETTE, LZW, tags=wide),
                   eight_bits=tiff(samples, bits, PALETTE, tags=narrow), tiles=tiff(samples, bits, PALETTE, tile=(16, 16), tags=wide))


def cmyk(golden):
    for bits in (8, 16):
        samples = picture(HEIGHT, WIDTH, 4, 1 << bits)
        scaled = samples / ((1 << bits) - 1)
        golden.add(f"cmyk-{bits}", seen((1 - scaled[..., :3]) * (1 - scaled[..., 3:])), plain=tiff(samples, bits, CMYK),
                   planar=tiff(samples, bits, CMYK, planar=True), lzw=tiff(samples, bits, CMYK, LZW, predictor=2))


def fax(golden):
    samples = picture(HEIGHT, 75, 1, 2)
    samples[2:7] = samples[2:3]
    samples[:, 20:60] = samples[:, 20:21]
    files = {}
    for name in ("tiff_ccitt", "group3", "group4"):
        file, data, (compression, photometric, options) = fax_data(samples, name)
        files |= {
            name: file,
            name + "-one-strip": tiff(samples, 1, photometric, compression, rows=HEIGHT, parts=[data], tags=options),
            name + "-fill-order": tiff(samples, 1, photometric, compression, rows=HEIGHT, parts=[reversed_bits(data)],
                                       tags=options | {266: (SHORT, [2])}),
            name + "-other-photometric": tiff(samples, 1, 1 - photometric, compression, rows=HEIGHT, tags=options,
                                              parts=[fax_data(1 - samples, name)[1]])}
    golden.add("fax", seen(samples.astype(float)), **files)


def fax_data(samples, name):
    """A file that libtiff writes, its data, and how they are to be understood."""
    out = io.BytesIO()
    Image.fromarray(samples[..., 0].astype(bool)).save(out, "TIFF", compression=name)
    tags = Image.open(out).tag_v2
    data = out.getvalue()[tags[273][0]:][:tags[279][0]]
    return out.getvalue(), data, (tags[259], tags[262], {tag: (LONG, [tags[tag]]) for tag in (292, 293) if tag in tags})


def oriented(golden):
    samples = picture(HEIGHT, WIDTH, 3)
    pixels = seen(samples / 255)
    turned = {1: samples, 2: samples[:, ::-1], 3: samples[::-1, ::-1], 4: samples[::-1], 5: samples.transpose(1, 0, 2),
              6: samples.transpose(1, 0, 2)[::-1], 7: samples.transpose(1, 0, 2)[::-1, ::-1],
              8: samples.transpose(1, 0, 2)[:, ::-1]}
    golden.add("oriented", pixels, **{str(o): tiff(stored, tags={274: (SHORT, [o])}) for o, stored in turned.items()})


def jpeg(golden):
    """Lossy; what is seen is what libtiff and libjpeg make of it."""
    samples = picture(24, 36, 3).astype(numpy.uint8)
    colours, greys = Image.fromarray(samples), Image.fromarray(samples[..., 0])
    for name, image, photometric, options in (
        ("grey", greys, BLACK_IS_ZERO, {}),
        ("rgb", colours, RGB, {"keep_rgb": True}),
        ("444", colours, YCBCR, {"subsampling": "4:4:4"}),
        ("420", colours, YCBCR, {"subsampling": "4:2:0"}),
    ):
        horizontal = 2 if name == "420" else 1
        tags = {530: (SHORT, [horizontal, horizontal])} if photometric == YCBCR else {}
        streams = lambda *boxes: [jpeg_stream(image.crop(box), options) for box in boxes]
        strips = streams((0, 0, 36, 16), (0, 16, 36, 24))
        tiles = streams(*((x, y, x + 32, y + 16) for y in (0, 16) for x in (0, 32)))
        form = samples[..., :1] if name == "grey" else samples
        for kind, file in (
            ("strips", tiff(form, 8, photometric, JPEG, rows=16, parts=[whole for whole, _, _ in strips], tags=tags)),
            ("tables", tiff(form, 8, photometric, JPEG, rows=16, parts=[short for _, short, _ in strips],
                            tags=tags | {347: (UNDEFINED, list(strips[0][2]))})),
            ("tiles", tiff(form, 8, photometric, JPEG, tile=(32, 16), parts=[whole for whole, _, _ in tiles], tags=tags)),
        ):
            golden.add(f"{name}-{kind}", numpy.asarray(Image.open(io.BytesIO(file)).convert("RGB")), file=file)
    out = io.BytesIO()
    colours.save(out, "TIFF", compression="jpeg")
    golden.add("libtiff", numpy.asarray(Image.open(out).convert("RGB")), file=out.getvalue())


def jpeg_stream(image, options):
    """A stream without application segments; the same without tables; and the tables."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **options)
    content, at = out.getvalue(), 2
    tables, rest = b"", b""
    while content[at + 1] != 0xda:
        end = at + 2 + int.from_bytes(content[at + 2:at + 4], "big")
        if content[at + 1] in (0xdb, 0xc4):
            tables += content[at:end]
        elif content[at + 1] < 0xe0:
            rest += content[at:end]
        at = end
    begin = b"\xff\xd8"
    return begin + tables + rest + content[at:], begin + rest + content[at:], begin + tables + b"\xff\xd9"


if __name__ == "__main__":
    arguments = [word for word in sys.argv[1:] if word != "--check"]
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    with Golden(pathlib.Path(arguments[0] if arguments else default) / "tiff.zip.gz", "--check" in sys.argv) as made:
        grey(made)
        colour(made)
        palettes(made)
        cmyk(made)
        by_libtiff(made)
        fax(made)
        oriented(made)
    with Golden(pathlib.Path(arguments[0] if arguments else default) / "tiff-jpeg.zip.gz", "--check" in sys.argv) as made:
        jpeg(made)
