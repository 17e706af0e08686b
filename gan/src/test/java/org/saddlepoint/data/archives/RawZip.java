package org.saddlepoint.data.archives;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.zip.CRC32;

/** Writes zips as programs of every age do, field by field; each entry is added and then changed. */
public final class RawZip {
    private final ByteArrayOutputStream locals = new ByteArrayOutputStream();
    private final ByteArrayOutputStream central = new ByteArrayOutputStream();
    private int entries;

    private int flags;
    private int method;
    private int host;
    private int attributes;
    private byte[] extra = {};

    /** Flags, method, host system, external attributes and extra field of the entries that follow. */
    public RawZip with(int newFlags, int newMethod, int newHost, int newAttributes, byte... newExtra) {
        flags = newFlags;
        method = newMethod;
        host = newHost;
        attributes = newAttributes;
        extra = newExtra;
        return this;
    }

    /** A stored file. */
    public RawZip add(String name, String charset, byte[] content) {
        return add(name.getBytes(Charset.forName(charset)), content, content);
    }

    /** A file that is packed already. */
    public RawZip add(byte[] name, byte[] content, byte[] packed) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return add(name, packed, (int) crc.getValue(), packed.length, content.length);
    }

    /** A file whose fields say what they are told to. */
    public RawZip add(byte[] name, byte[] packed, int crc, int packedLength, int length) {
        boolean sizesFollow = (flags & 8) != 0;
        int offset = locals.size();
        ByteBuffer common =
                buffer(26).putShort((short) 20).putShort((short) flags).putShort((short) method);
        common.putShort((short) 0)
                .putShort((short) 0x5a21)
                .putInt(crc)
                .putInt(packedLength)
                .putInt(length);
        common.putShort((short) name.length).putShort((short) extra.length);
        byte[] local = common.array().clone();
        if (sizesFollow) {
            ByteBuffer.wrap(local).position(10).put(new byte[12]);
        }
        locals.writeBytes(buffer(4).putInt(0x04034b50).array());
        locals.writeBytes(local);
        locals.writeBytes(name);
        locals.writeBytes(extra);
        locals.writeBytes(packed);
        if (sizesFollow) {
            locals.writeBytes(buffer(16)
                    .putInt(0x08074b50)
                    .putInt(crc)
                    .putInt(packedLength)
                    .putInt(length)
                    .array());
        }
        central.writeBytes(
                buffer(6).putInt(0x02014b50).put((byte) 20).put((byte) host).array());
        central.writeBytes(common.array());
        central.writeBytes(buffer(14)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(attributes)
                .putInt(offset)
                .array());
        central.writeBytes(name);
        central.writeBytes(extra);
        entries++;
        return this;
    }

    /** The zip, without a comment. */
    public byte[] bytes() {
        return bytes(new byte[0], new byte[0]);
    }

    /** The zip behind other bytes and before a comment. The number of entries is cut to 16 bits. */
    public byte[] bytes(byte[] before, byte[] comment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before);
        out.writeBytes(locals.toByteArray());
        out.writeBytes(central.toByteArray());
        out.writeBytes(buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries)
                .putShort((short) entries)
                .putInt(central.size())
                .putInt(locals.size())
                .putShort((short) comment.length)
                .array());
        out.writeBytes(comment);
        return out.toByteArray();
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
