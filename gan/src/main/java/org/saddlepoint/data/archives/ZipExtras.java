package org.saddlepoint.data.archives;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** The extra fields of an entry (APPNOTE 4.5): each a number, a length, and data. Damaged ones are passed over. */
final class ZipExtras {
    private static final int ZIP64 = 0x0001;
    private static final int UNICODE_NAME = 0x7075;
    private static final int AES = 0x9901;

    private final byte[] extra;

    ZipExtras(byte[] extra) {
        this.extra = extra;
    }

    /** Sizes and places of 64 bits; they replace those fields of the entry that hold all ones. */
    Optional<ByteBuffer> zip64() {
        return field(ZIP64);
    }

    boolean hasAes() {
        return field(AES).isPresent();
    }

    /** The name in UTF-8 (Info-ZIP), if it belongs to {@code rawName} and not to a name from before a renaming. */
    Optional<String> unicodeName(byte[] rawName) {
        return field(UNICODE_NAME).filter(data -> data.remaining() > 5).flatMap(data -> {
            CRC32 crc = new CRC32();
            crc.update(rawName);
            byte version = data.get();
            int expected = data.getInt();
            byte[] name = new byte[data.remaining()];
            data.get(name);
            return version == 1 && expected == (int) crc.getValue()
                    ? Optional.of(new String(name, StandardCharsets.UTF_8))
                    : Optional.empty();
        });
    }

    private Optional<ByteBuffer> field(int wanted) {
        ByteBuffer all = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        while (all.remaining() >= 4) {
            int id = Short.toUnsignedInt(all.getShort());
            int length = Short.toUnsignedInt(all.getShort());
            if (length > all.remaining()) {
                return Optional.empty();
            }
            if (id == wanted) {
                return Optional.of(all.slice(all.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            }
            all.position(all.position() + length);
        }
        return Optional.empty();
    }
}
