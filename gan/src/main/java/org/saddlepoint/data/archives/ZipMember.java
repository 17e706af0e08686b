package org.saddlepoint.data.archives;

import java.util.Optional;

/**
 * A file in a zip, as the zip's table of contents describes it.
 *
 * @param name its path, with forward slashes; not to be trusted
 * @param bytes its length when unpacked
 * @param packed its length in the zip
 * @param checksum CRC-32 of its content
 * @param header where its own header begins in the zip
 * @param method how it is packed, as APPNOTE 4.4.5 numbers it
 * @param objection why it cannot be read; empty if it can
 */
public record ZipMember(
        String name, long bytes, long packed, long checksum, long header, int method, Optional<String> objection) {

    ZipMember named(String other) {
        return new ZipMember(other, bytes, packed, checksum, header, method, objection);
    }
}
