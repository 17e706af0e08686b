"""Writes JPEG files of every coding, subsampling and kind of colour, with the pixels that Pillow's libjpeg-turbo makes of them.

Usage: python golden_jpeg.py [--check] PROFILES [DIRECTORY]    needs numpy, Pillow and jpeglib; defaults to ../resources/golden
       PROFILES is the folder profiles of github.com/saucecontrol/Compact-ICC-Profiles (public domain)
"""

import io
import pathlib
import struct
import sys
import tempfile

import jpeglib
import numpy
from golden_files import Golden
from golden_photos import blocks, converted, exif, smooth, stored
from PIL import Image

HEIGHT, WIDTH = 25, 38  # no multiples of any block
SAMPLING = {"444": (1, 1), "422": (2, 1), "420": (2, 2), "440": (1, 2), "411": (4, 1), "410": (4, 2), "441": (1, 4)}
SOI, EOI, APP0, APP1, APP2, APP14, COM, SOF0 = b"\xd8", b"\xd9", 0xe0, 0xe1, 0xe2, 0xee, 0xfe, 0xc0


def encoded(samples, sampling="444", flags=(), quality=80, space=None, version="turbo210"):
    """A file as jpeglib writes it."""
    jpeglib.version.set(version)
    with tempfile.TemporaryDirectory() as folder:
        name = f"{folder}/x.jpg"
        if samples.shape[2] == 4:
            picture = jpeglib.from_spatial(samples.astype(numpy.uint8), in_color_space=jpeglib.JCS_CMYK)
        else:
            picture = jpeglib.from_spatial(samples.astype(numpy.uint8))
        if space:
            picture.jpeg_color_space = space
        if samples.shape[2] == 3:
            across, down = SAMPLING[sampling]
            picture.samp_factor = ((down, across), (1, 1), (1, 1))
        picture.write_spatial(name, qt=quality, flags=list(flags))
        return pathlib.Path(name).read_bytes()


def pillow(samples, mode, **options):
    out = io.BytesIO()
    pixels = samples.astype(numpy.uint8)
    Image.fromarray(pixels[..., 0] if mode == "L" else pixels, mode).save(out, "JPEG", **options)
    return out.getvalue()


def segments(file):
    """Markers and whole segments before the first scan, then the rest."""
    at, found = 2, []
    while file[at + 1] != 0xda:
        end = at + 2 + int.from_bytes(file[at + 2:at + 4], "big")
        found.append((file[at + 1], file[at:end]))
        at = end
    return found, file[at:]


def without(file, *markers):
    found, rest = segments(file)
    return file[:2] + b"".join(s for m, s in found if m not in markers) + rest


def with_first(file, *added):
    return file[:2] + b"".join(added) + file[2:]


def segment(marker, data):
    return bytes((0xff, marker)) + struct.pack(">H", len(data) + 2) + data


def profile_segments(profile, size=65519):
    parts = [profile[i:i + size] for i in range(0, len(profile), size)]
    return [segment(APP2, b"ICC_PROFILE\0" + bytes((i + 1, len(parts))) + part) for i, part in enumerate(parts)]


def renamed(file, names):
    """Other identifiers of the components, in frame and scans."""
    found, rest = segments(file)
    out = file[:2]
    for marker, data in found:
        if marker == SOF0:
            data = bytearray(data)
            for i, name in enumerate(names):
                data[10 + 3 * i] = name
        out += bytes(data)
    rest = bytearray(rest)
    for i, name in enumerate(names):
        rest[5 + 2 * i] = name
    return out + bytes(rest)


def rgb(file):
    return numpy.asarray(Image.open(io.BytesIO(file)).convert("RGB"))


def inks(file):
    """Inks as Pillow reads them, 255 for all ink."""
    return numpy.asarray(Image.open(io.BytesIO(file)))


def main(golden, profiles):
    colour = smooth(HEIGHT, WIDTH, 3, 256, 1)
    for name in SAMPLING:
        sequential = encoded(colour, name)
        golden.add(f"colour-{name}", rgb(sequential), baseline=sequential,
                   progressive=encoded(colour, name, ["+PROGRESSIVE_MODE"]), optimized=encoded(colour, name, ["+OPTIMIZE_CODING"]))
    coded(golden, colour)
    coloured(golden, colour)
    inked(golden, profiles)
    profiled(golden, colour, profiles)
    turned(golden)


def coded(golden, colour):
    """Codings and what is around the picture."""
    plain = pillow(colour, "RGB", quality=80)
    garbage = segment(COM, b"a comment") + segment(0xe5, bytes(40)) + segment(APP1, b"http://ns.adobe.com/xap/1.0/\0<x/>")
    golden.add("coded", rgb(plain), plain=plain, restarts=pillow(colour, "RGB", quality=80, restart_marker_blocks=3),
               rows=pillow(colour, "RGB", quality=80, restart_marker_rows=1),
               progressive=pillow(colour, "RGB", quality=80, progressive=True, restart_marker_blocks=5),
               no_jfif=without(plain, APP0), comments=with_first(plain, garbage), fill=plain[:2] + b"\xff\xff" + plain[2:],
               behind=plain + b"behind the end\xff\xd9\xff", thumbnail=with_first(plain, segment(APP1, exif(1) + plain)),
               second=plain + pillow(255 - colour, "RGB"))
    arithmetic = encoded(colour, "420", ["+ARITH_CODE"], version="9e")
    golden.add("arithmetic", rgb(arithmetic), sequential=arithmetic,
               progressive=encoded(colour, "420", ["+ARITH_CODE", "+PROGRESSIVE_MODE"], version="9e"))
    for size in ((1, 1), (1, 9), (8, 8), (17, 2), (16, 33)):
        small = pillow(smooth(*size, 3, 256, size[0]), "RGB", quality=80)
        golden.add(f"size-{size[0]}x{size[1]}", rgb(small), plain=small)


def coloured(golden, colour):
    grey = pillow(colour[..., :1], "L", quality=80)
    golden.add("grey", rgb(grey), plain=grey, no_jfif=without(grey, APP0),
               progressive=pillow(colour[..., :1], "L", quality=80, progressive=True))
    straight = pillow(colour, "RGB", quality=80, keep_rgb=True)
    golden.add("red-green-blue", rgb(straight), adobe=straight, named=renamed(without(straight, APP14), b"RGB"))
    odd = renamed(pillow(colour, "RGB", quality=80, subsampling=0), bytes((0, 1, 2)))
    golden.add("named-0-1-2", rgb(odd), plain=odd, no_jfif=without(odd, APP0))


def inked(golden, profiles):
    """CMYK and YCCK, which Adobe's programs write inverted; viewers expect that without Adobe's marker too."""
    four = smooth(HEIGHT, WIDTH, 4, 256, 3)
    plain = pillow(four, "CMYK", quality=80)
    golden.add("inks", rgb(plain), cmyk=plain, progressive=pillow(four, "CMYK", quality=80, progressive=True),
               no_marker=without(plain, APP14), grey_profile=with_first(
                   plain, *profile_segments((profiles / "sGrey-v4.icc").read_bytes())))
    rotated = encoded(four, space=jpeglib.JCS_YCCK)
    golden.add("rotated-inks", rgb(rotated), ycck=rotated,
               progressive=encoded(four, space=jpeglib.JCS_YCCK, flags=["+PROGRESSIVE_MODE"]))
    press = (profiles / "CGATS001Compat-v2-micro.icc").read_bytes()
    for name, file in (("profile-inks", plain), ("profile-rotated-inks", rotated)):
        golden.add(name, converted(inks(file), press, "CMYK"), one=with_first(file, *profile_segments(press)),
                   parts=with_first(file, *profile_segments(press, 3000)))


def profiled(golden, colour, profiles):
    plain = pillow(colour, "RGB", quality=80)
    p3 = (profiles / "DisplayP3-v4.icc").read_bytes()
    parts = profile_segments(p3, 200)
    same = {p.stem: with_first(plain, *profile_segments(p.read_bytes())) for p in sorted(profiles.glob("sRGB*.icc"))}
    golden.add("unprofiled", rgb(plain), **same, lost=with_first(plain, *parts[1:]), twice=with_first(plain, *parts, parts[1]),
               short=with_first(plain, segment(APP2, b"ICC_PROFILE\0")), noise=with_first(
                   plain, *profile_segments(bytes((i * 91 + i // 5) % 256 for i in range(700)))),
               inks=with_first(plain, *profile_segments((profiles / "CGATS001Compat-v2-micro.icc").read_bytes())),
               other=with_first(plain, segment(APP2, b"MPF\0II*\0" + bytes(30))))
    golden.add("profile-p3", converted(rgb(plain), p3), one=with_first(plain, *profile_segments(p3)),
               parts=with_first(plain, *parts), mixed=with_first(plain, *reversed(parts)))
    for name in ("AdobeCompat-v2", "ProPhoto-v4", "Rec2020-v2-micro"):
        profile = (profiles / f"{name}.icc").read_bytes()
        golden.add(f"profile-{name}", converted(rgb(plain), profile), one=with_first(plain, *profile_segments(profile)))


def turned(golden):
    """A picture that JPEG makes the same of in all orientations."""
    upright = blocks(3, 5)
    files = {}
    for orientation in range(1, 9):
        plain = pillow(stored(upright, orientation), "RGB", quality=95, subsampling=0)
        for little in (False, True):
            for long in (False, True):
                note = segment(APP1, exif(orientation, little, long))
                files[f"{'little' if little else 'big'}-{'long' if long else 'short'}-{orientation}"] = with_first(plain, note)
        xmp = segment(APP1, b"http://ns.adobe.com/xap/1.0/\0<x/>")
        files[f"second-{orientation}"] = with_first(plain, xmp, segment(APP1, b"Exif\0\0"), segment(APP1, exif(orientation)))
        found, rest = segments(plain)
        files[f"late-{orientation}"] = plain[:2] + b"".join(s for _, s in found) + segment(APP1, exif(orientation)) + rest
    first = pillow(upright, "RGB", quality=95, subsampling=0)
    files["nonsense"] = with_first(first, segment(APP1, exif(0)), segment(APP1, b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"))
    golden.add("turned", rgb(first), **files)


if __name__ == "__main__":
    check = "--check" in sys.argv
    places = [a for a in sys.argv[1:] if a != "--check"]
    out = pathlib.Path(places[1] if len(places) > 1 else pathlib.Path(__file__).parent / "../resources/golden")
    with Golden(out / "jpeg.zip.gz", check) as zipped:
        main(zipped, pathlib.Path(places[0]))
