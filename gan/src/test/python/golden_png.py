"""Writes PNG files of every colour type, depth, interlacing, transparency and gamma, chunk by chunk after the standard, with
the pixels that are seen of them: computed from the samples, except where a colour profile is applied by Little CMS.

Usage: python golden_png.py [--check] PROFILES [DIRECTORY]     needs numpy and Pillow; DIRECTORY defaults to ../resources/golden
       PROFILES is the folder profiles of github.com/saucecontrol/Compact-ICC-Profiles (public domain)
       --check tells how Pillow sees each file
"""

import pathlib
import struct
import sys
import zlib

import numpy
from golden_files import Golden, seen
from golden_photos import blocks, converted, exif, smooth, stored

HEIGHT, WIDTH = 19, 26
GREY, COLOUR, PALETTE, GREY_ALPHA, COLOUR_ALPHA = 0, 2, 3, 4, 6
BANDS = {GREY: 1, COLOUR: 3, PALETTE: 1, GREY_ALPHA: 2, COLOUR_ALPHA: 4}
NAMES = {GREY: "grey", COLOUR: "colour", PALETTE: "palette", GREY_ALPHA: "grey-alpha", COLOUR_ALPHA: "colour-alpha"}
KINDS = [(GREY, d) for d in (1, 2, 4, 8, 16)] + [(PALETTE, d) for d in (1, 2, 4, 8)] + [
    (t, d) for t in (COLOUR, GREY_ALPHA, COLOUR_ALPHA) for d in (8, 16)]
ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def chunk(name, data=b"", crc=None):
    checksum = zlib.crc32(name + data) if crc is None else crc
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)


def packed(row, depth):
    """A row of samples as bytes."""
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype(numpy.uint8).tobytes()
    binary = "".join(format(int(v), f"0{depth}b") for v in row)
    binary += "0" * (-len(binary) % 8)
    return int(binary, 2).to_bytes(len(binary) // 8, "big")


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filtered(rows, step):
    """Rows of bytes, each behind the filter it went through; all filters take turns."""
    out, before = b"", None
    for y, row in enumerate(rows):
        kind = y % 5
        up = before or bytes(len(row))
        line = bytearray()
        for i, v in enumerate(row):
            a = row[i - step] if i >= step else 0
            c = up[i - step] if i >= step else 0
            guess = (0, a, up[i], (a + up[i]) // 2, paeth(a, up[i], c))[kind]
            line.append((v - guess) & 255)
        out += bytes([kind]) + line
        before = row
    return out


def image(samples, depth, adam7=False):
    """The bytes before compression."""
    step = max(1, samples.shape[2] * depth // 8)
    passes = [samples[y::dy, x::dx] for y, x, dy, dx in ADAM7] if adam7 else [samples]
    return b"".join(filtered([packed(row.reshape(-1), depth) for row in p], step) for p in passes if p.size)


def png(samples, kind, depth, before=b"", behind=b"", adam7=False, parts=1, early=b""):
    """A file.

    before: chunks before the image data; behind: after it; early: before the palette; parts: how many image data chunks
    """
    height, width = samples.shape[:2]
    data = zlib.compress(image(samples, depth, adam7), 9)
    cuts = [len(data) * i // parts for i in range(parts + 1)]
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, adam7))
    return (b"\x89PNG\r\n\x1a\n" + header + early + before
            + b"".join(chunk(b"IDAT", data[a:b]) for a, b in zip(cuts, cuts[1:])) + behind + chunk(b"IEND"))


def iccp(profile):
    return chunk(b"iCCP", b"a profile\0\0" + zlib.compress(profile))


def gama(gamma):
    return chunk(b"gAMA", struct.pack(">I", gamma))


def odd(kind, depth):
    """Chunks that change nothing: of other purposes, damaged, doubled, or of another kind of picture."""
    chunks = chunk(b"pHYs", struct.pack(">IIB", 3000, 1000, 1)) + chunk(b"bKGD", bytes((1, 2)) * (3 if kind in (2, 6) else 1))
    chunks += chunk(b"gAMA", b"\0\0") + chunk(b"sRGB", b"\0") + gama(100000)  # sRGB counts
    chunks += chunk(b"gAMA", struct.pack(">I", 20000), crc=1) + chunk(b"tRNS", bytes(9)) + chunk(b"sBIT", bytes(7))
    chunks += chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", bytes(26))
    chunks += chunk(b"zTXt", b"Comment\0\0broken") + chunk(b"iTXt", b"\xff" * 30) + chunk(b"tIME", bytes(3)) + chunk(b"prVt", b"?")
    return chunks


def straight(samples, kind, depth, palette=None, alpha=None, curve=lambda v: v):
    """What is seen of samples."""
    if kind == PALETTE:
        colours = curve(numpy.asarray(palette) / 255)
        cover = None if alpha is None else numpy.asarray(alpha)[samples[..., 0]][..., None] / 255
        return seen(colours[samples[..., 0]], cover)
    most = (1 << depth) - 1
    if kind in (GREY_ALPHA, COLOUR_ALPHA):
        return seen(curve(samples[..., :-1] / most), samples[..., -1:] / most)
    return seen(curve(samples / most), alpha)


def main(golden, profiles):
    for seed, (kind, depth) in enumerate(KINDS):
        name = f"{NAMES[kind]}-{depth}"
        levels = 1 << depth
        samples = smooth(HEIGHT, WIDTH, BANDS[kind], levels, seed)
        if kind in (GREY_ALPHA, COLOUR_ALPHA):
            samples[:7, :9, -1], samples[-7:, -9:, -1] = 0, levels - 1
        palette = smooth(1, levels, 3, 256, 99)[0] if kind == PALETTE else None
        plte = chunk(b"PLTE", palette.astype(numpy.uint8).tobytes()) if kind == PALETTE else b""
        pixels = straight(samples, kind, depth, palette)
        files = dict(
            plain=png(samples, kind, depth, plte),
            adam7=png(samples, kind, depth, plte, adam7=True, parts=3),
            odd=png(samples, kind, depth, plte, early=odd(kind, depth), parts=40,
                    behind=chunk(b"tRNS", bytes(2)) + gama(100000) + chunk(b"fdAT", bytes(40))))
        if (kind, depth) == (COLOUR, 8):
            files.update(suggested=png(samples, kind, depth, chunk(b"PLTE", bytes(range(48)))))
            files.update(srgb_profiles(samples, profiles))
            files.update(unusable_profiles(samples, profiles))
        if (kind, depth) == (GREY, 8):
            files.update(
                same=png(samples, kind, depth, iccp((profiles / "sGrey-v2-nano.icc").read_bytes())),
                colours=png(samples, kind, depth, iccp((profiles / "DisplayP3-v4.icc").read_bytes())))
        golden.add(name, pixels, **files)
        if kind in (GREY, COLOUR):
            keyed(golden, name, samples, kind, depth)
        if kind == PALETTE:
            alpha = [(37 * i) % 256 for i in range(levels // 2)] + [255] * (levels - levels // 2)
            trns = chunk(b"tRNS", bytes(alpha[: levels // 2]))
            golden.add(f"{name}-alpha", straight(samples, kind, depth, palette, alpha),
                       plain=png(samples, kind, depth, plte + trns), adam7=png(samples, kind, depth, plte + trns, adam7=True))
        if depth in (4, 8, 16):
            gammas(golden, name, samples, kind, depth, palette, plte)
    short_palette(golden)
    coloured(golden, profiles)
    turned(golden)


def keyed(golden, name, samples, kind, depth):
    """One colour is transparent; others differ from it in one bit of one sample."""
    samples = samples.copy()
    key = samples[3, 4].copy()
    near = key ^ 1
    samples[5:8, 2:20] = key
    samples[11:13, 10:24] = near
    for c in range(samples.shape[2]):
        samples[16, 2 * c] = key
        samples[16, 2 * c, c] ^= 1 << depth >> 1
    alpha = (samples != key).any(-1, keepdims=True) * 1.0
    trns = chunk(b"tRNS", key.astype(">u2").tobytes())
    high = chunk(b"tRNS", (key | (0 if depth == 16 else 1 << depth)).astype(">u2").tobytes())  # higher bits do not count
    golden.add(f"{name}-key", straight(samples, kind, depth, alpha=alpha), plain=png(samples, kind, depth, trns),
               adam7=png(samples, kind, depth, trns, adam7=True), high=png(samples, kind, depth, high))


def gammas(golden, name, samples, kind, depth, palette, plte):
    """PNG (third edition), 13.13: raised to 1 / (gamma · 2.2), unless that is about 1."""
    for gamma in (100000, 55556):
        pixels = straight(samples, kind, depth, palette, curve=lambda v: v ** (1 / (gamma / 1e5 * 2.2)))
        golden.add(f"{name}-gamma-{gamma}", pixels, plain=png(samples, kind, depth, plte, early=gama(gamma)))
    if (kind, depth) == (COLOUR, 8):
        golden.add(f"{name}-usual-gamma", straight(samples, kind, depth, palette),
                   exact=png(samples, kind, depth, gama(45455)), about=png(samples, kind, depth, gama(47000)),
                   none=png(samples, kind, depth, gama(0)),
                   cicp=png(samples, kind, depth, gama(100000) + chunk(b"cICP", bytes((1, 13, 0, 1)))))


def short_palette(golden):
    """Places behind the end of the palette are black."""
    samples = smooth(HEIGHT, WIDTH, 1, 16, 7)
    palette = smooth(1, 11, 3, 256, 98)[0]
    full = numpy.concatenate([palette, numpy.zeros((5, 3), palette.dtype)])
    plte = chunk(b"PLTE", palette.astype(numpy.uint8).tobytes())
    golden.add("short-palette", straight(samples, PALETTE, 4, full), plain=png(samples, PALETTE, 4, plte),
               overlong=png(samples, PALETTE, 4, plte + chunk(b"tRNS", bytes(12))))


def srgb_profiles(samples, profiles):
    """Profiles of sRGB change no pixel."""
    return {f"same-{p.stem}": png(samples, COLOUR, 8, iccp(p.read_bytes())) for p in sorted(profiles.glob("sRGB*.icc"))}


def unusable_profiles(samples, profiles):
    p3 = (profiles / "DisplayP3-v4.icc").read_bytes()
    bad = {
        "not-deflated": chunk(b"iCCP", b"x\0\0" + p3),
        "cut-off": chunk(b"iCCP", b"x\0\0" + zlib.compress(p3)[:100]),
        "no-name": chunk(b"iCCP", zlib.compress(p3)),
        "empty": chunk(b"iCCP", b""),
        "half": iccp(p3[:200]),
        "claims-more": iccp(struct.pack(">I", 1 << 30) + p3[4:150]),
        "noise": iccp(bytes((i * 77 + i // 3) % 256 for i in range(500))),
        "no-tags": iccp(p3[:128] + bytes(4)),
        "huge-table": iccp(p3[:128] + b"\x7f\xff\xff\xff" + p3[132:]),
        "inks": iccp((profiles / "CGATS001Compat-v2-micro.icc").read_bytes()),
        "grey": iccp((profiles / "sGrey-v4.icc").read_bytes()),
        "link": iccp(p3[:12] + b"link" + p3[16:]),
        "wrong-checksum": chunk(b"iCCP", b"x\0\0" + zlib.compress(p3), crc=5),
        "srgb-first": chunk(b"cICP", bytes((1, 13, 0, 1))) + iccp(p3),
    }
    return {f"bad-{name}": png(samples, COLOUR, 8, early=chunks) for name, chunks in bad.items()}


def coloured(golden, profiles):
    """Colours of other spaces, converted by Little CMS with perceptual intent."""
    colour, palette = smooth(HEIGHT, WIDTH, 3, 256, 5), smooth(1, 256, 3, 256, 97)[0]
    places = smooth(HEIGHT, WIDTH, 1, 256, 6)
    for name in ("DisplayP3-v4", "AdobeCompat-v2", "ProPhoto-v2-micro", "scRGB-v2"):
        profile = (profiles / f"{name}.icc").read_bytes()
        golden.add(f"profile-{name}", converted(colour, profile), plain=png(colour, COLOUR, 8, iccp(profile)),
                   sixteen=png(colour * 257, COLOUR, 16, iccp(profile)))
    p3 = (profiles / "DisplayP3-v4.icc").read_bytes()
    golden.add("profile-palette", converted(palette[None], p3)[0][places[..., 0]],
               plain=png(places, PALETTE, 8, iccp(p3) + chunk(b"PLTE", palette.astype(numpy.uint8).tobytes())))
    alpha = smooth(HEIGHT, WIDTH, 1, 256, 8)
    golden.add("profile-alpha", seen(converted(colour, p3) / 255, alpha / 255),
               plain=png(numpy.concatenate([colour, alpha], -1), COLOUR_ALPHA, 8, iccp(p3)),
               sixteen=png(numpy.concatenate([colour, alpha], -1) * 257, COLOUR_ALPHA, 16, iccp(p3)))
    grey = grey_profile(1.8)
    golden.add("profile-grey", converted(places, grey), plain=png(places, GREY, 8, iccp(grey)),
               sixteen=png(places * 257, GREY, 16, iccp(grey)))


def grey_profile(gamma):
    """A grey profile with a gamma (ICC.1:2001-04)."""
    tags = [(b"wtpt", b"XYZ \0\0\0\0" + struct.pack(">3i", 0xf6d6, 0x10000, 0xd32d)),
            (b"kTRC", b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"),
            (b"cprt", b"text\0\0\0\0none\0\0\0\0"),
            (b"desc", b"desc\0\0\0\0" + struct.pack(">I", 2) + b"g\0" + bytes(78))]
    offset, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, data in tags:
        table += struct.pack(">4sII", name, offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = offset + len(body)
    header = struct.pack(">I4sI4s4s4s", size, b"none", 0x02400000, b"mntr", b"GRAY", b"XYZ ") + bytes(12) + b"acsp" + bytes(28)
    header += struct.pack(">3i", 0xf6d6, 0x10000, 0xd32d) + bytes(48)
    return header + struct.pack(">I", len(tags)) + table + body


def turned(golden):
    """One upright picture, stored as each orientation has it."""
    upright = blocks(3, 4)
    files = {}
    for orientation in range(1, 9):
        samples = stored(upright, orientation)
        data = exif(orientation, little=orientation % 2 == 0)
        hexadecimal = data.hex().encode()
        text = b"\nexif\n%8d\n" % len(data) + b"\n".join(
            hexadecimal[i:i + 72] for i in range(0, len(hexadecimal), 72)) + b"\n"
        files[f"before-{orientation}"] = png(samples, COLOUR, 8, chunk(b"eXIf", data[6:]))
        files[f"behind-{orientation}"] = png(samples, COLOUR, 8, behind=chunk(b"eXIf", data[6:]))
        files[f"prefixed-{orientation}"] = png(samples, COLOUR, 8, chunk(b"eXIf", data))
        if orientation in (3, 6):
            files[f"long-{orientation}"] = png(samples, COLOUR, 8, chunk(b"eXIf", exif(orientation, long=True)))
            files[f"ztxt-{orientation}"] = png(
                samples, COLOUR, 8, chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(text)))
            files[f"text-{orientation}"] = png(samples, COLOUR, 8, behind=chunk(b"tEXt", b"Raw profile type APP1\0" + text))
    files["nonsense"] = png(upright, COLOUR, 8, chunk(b"eXIf", exif(9)) + chunk(b"tEXt", b"Raw profile type exif\0\nexif\n4\nxyz"))
    files["damaged"] = png(upright, COLOUR, 8, chunk(b"eXIf", exif(3), crc=0))
    golden.add("turned", upright.astype(numpy.uint8), **files)


if __name__ == "__main__":
    check = "--check" in sys.argv
    places = [a for a in sys.argv[1:] if a != "--check"]
    out = pathlib.Path(places[1] if len(places) > 1 else pathlib.Path(__file__).parent / "../resources/golden")
    with Golden(out / "png.zip.gz", check) as zipped:
        main(zipped, pathlib.Path(places[0]))
