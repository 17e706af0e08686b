"""Writes LMDBs with the authors' own library, as LSUN and the code of GN-GAN have them, and some that are refused.

Usage: python golden_lmdb.py [DIRECTORY]      needs lmdb (the C library of OpenLDAP in it) and Pillow; defaults to ../resources/golden

lmdb.zip holds NAME/data.mdb of: lsun (keys of 40 hexadecimal digits, values WebP files but one JPEG, some longer than a page),
numbered (keys 0 to 11 in decimal digits, JPEG files; picture i is of grey 20 i), many (500 PNG files, a tree of several levels,
some written and deleted before), named (a named database), foreign (values that are no pictures) and empty. Pictures of lsun and many are of one colour, which pixel() gives.
"""

import hashlib
import io
import pathlib
import sys
import tempfile
import zipfile

import lmdb
from PIL import Image


def pixel(i):
    return (i * 37 % 256, i * 59 % 256, i * 83 % 256)


def encoded(kind, size, colour, **options):
    out = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(out, kind, **options)
    return out.getvalue()


def noisy(size, seed):
    data = bytearray()
    while len(data) < 3 * size * size:
        data += hashlib.sha256(f"{seed}/{len(data)}".encode()).digest()
    out = io.BytesIO()
    Image.frombytes("RGB", (size, size), bytes(data[:3 * size * size])).save(out, "WEBP", lossless=True)
    return out.getvalue()


def key(i):
    return hashlib.sha1(str(i).encode()).hexdigest().encode()


def write(root, name, entries, deleted=0, **options):
    with lmdb.open(str(root / name), map_size=1 << 22, max_dbs=2, lock=False, **options) as env:
        database = env.open_db(b"pictures" if name == "named" else None)
        for start in range(0, len(entries), 100):
            with env.begin(write=True, db=database) as transaction:
                for k, value in entries[start:start + 100]:
                    transaction.put(k, value)
        with env.begin(write=True, db=database) as transaction:
            for k, _ in entries[:deleted]:
                transaction.delete(k)


def main(directory):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        lsun = [(key(i), encoded("WEBP", 16, pixel(i), lossless=True)) for i in range(6)]
        lsun += [(key(6), encoded("JPEG", 16, (128, 128, 128), quality=100)), (key(7), noisy(48, 7)), (key(8), noisy(64, 8))]
        write(root, "lsun", lsun)
        write(root, "numbered", [(str(i).encode(), encoded("JPEG", 8, (20 * i,) * 3, quality=100)) for i in range(12)])
        write(root, "many", [(f"{i:05d}".encode(), encoded("PNG", 8, pixel(i))) for i in range(550)], deleted=50)
        write(root, "named", lsun[:2])
        write(root, "foreign", [(b"a", b"no picture"), (b"b", b"neither")])
        write(root, "empty", [])
        with zipfile.ZipFile(directory / "lmdb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(root.glob("*/data.mdb")):
                archive.writestr(zipfile.ZipInfo(f"{file.parent.name}/data.mdb"), file.read_bytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    default = pathlib.Path(__file__).parent.parent / "resources" / "golden"
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
