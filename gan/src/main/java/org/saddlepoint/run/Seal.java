package org.saddlepoint.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Sha256;

/**
 * Detects damaged checkpoints. {@code state.json} holds under {@code files} the SHA-256 digest of each file beside it,
 * and as its first field, {@code seal}, the digest of its own text with zeros in place of these 64 digits. So every
 * changed, missing, shortened or lengthened file is detected. Deliberate changes are not, since anyone can compute
 * digests.
 */
public final class Seal {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILES = "files";
    private static final String OPEN = "0".repeat(64);
    private static final Pattern SEAL = Pattern.compile("\\A\\{\\s*\"seal\" : \"(?<digest>[0-9a-f]{64})\"");
    /** More bytes than any state.json has. */
    private static final long LARGEST_STATE = 16L << 20;

    private Seal() {}

    /**
     * Writes {@code state.json} into a folder that holds all other files already, none of them in a folder of its own.
     *
     * @param values the fields beside {@code seal} and {@code files}, in this order
     * @throws IOException if a file cannot be read or written
     */
    public static void write(Path directory, Map<String, ?> values) throws IOException {
        ObjectNode state = JSON.createObjectNode();
        state.put("seal", OPEN);
        values.forEach((name, value) -> state.set(name, JSON.valueToTree(value)));
        ObjectNode files = state.putObject(FILES);
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.sorted().toList()) {
                files.put(String.valueOf(file.getFileName()), Sha256.of(file));
            }
        }
        String open = state.toPrettyString() + "\n";
        String sealed = open.replaceFirst(OPEN, Sha256.of(open.getBytes(StandardCharsets.UTF_8)));
        AtomicFiles.writeString(directory.resolve(RunFolder.CHECKPOINT_STATE), sealed);
    }

    /**
     * Verifies all files of a checkpoint.
     *
     * @return the damage, in a few words that begin with the file's name; empty if there is none
     * @throws RunException if this user may not read one: that is no damage
     */
    public static Optional<String> damage(Path directory) {
        Path file = directory.resolve(RunFolder.CHECKPOINT_STATE);
        try {
            Optional<String> ofState = damageOfState(file);
            return ofState.isPresent() ? ofState : damageOfFiles(directory, JSON.readTree(file.toFile()));
        } catch (JsonProcessingException e) {
            return Optional.of(RunFolder.CHECKPOINT_STATE + " is damaged: it is no JSON");
        } catch (AccessDeniedException e) {
            throw new RunException("cannot read the checkpoint " + directory + ": " + IoReasons.of(e), e);
        } catch (IOException e) {
            return Optional.of(RunFolder.CHECKPOINT_STATE + " cannot be read: " + IoReasons.of(e));
        }
    }

    private static Optional<String> damageOfState(Path file) throws IOException {
        if (!InputFiles.exists(file) || !Files.isRegularFile(file)) {
            return Optional.of(RunFolder.CHECKPOINT_STATE + " is missing");
        }
        if (Files.size(file) > LARGEST_STATE) {
            return Optional.of(RunFolder.CHECKPOINT_STATE + " is damaged: it has " + Files.size(file) + " bytes");
        }
        // Latin-1 maps each byte to a character and back, whatever damage did to the text.
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Matcher seal = SEAL.matcher(text);
        if (!seal.find()) {
            return Optional.of(RunFolder.CHECKPOINT_STATE + " is damaged, or of a Saddlepoint before 0.1.0: it begins"
                    + " with no seal");
        }
        String open = text.substring(0, seal.start("digest")) + OPEN + text.substring(seal.end("digest"));
        return Sha256.of(open.getBytes(StandardCharsets.ISO_8859_1)).equals(seal.group("digest"))
                ? Optional.empty()
                : Optional.of(RunFolder.CHECKPOINT_STATE + " is damaged: it is not what was written");
    }

    private static Optional<String> damageOfFiles(Path directory, JsonNode state) throws AccessDeniedException {
        for (Map.Entry<String, JsonNode> entry : List.copyOf(state.path(FILES).properties())) {
            Path file = directory.resolve(entry.getKey());
            if (!Files.isRegularFile(file)) {
                return Optional.of(entry.getKey() + " is missing");
            }
            try {
                if (!Sha256.of(file).equals(entry.getValue().asText())) {
                    return Optional.of(entry.getKey() + " is not what was written: its SHA-256 digest differs");
                }
            } catch (AccessDeniedException e) {
                throw e;
            } catch (IOException e) {
                return Optional.of(entry.getKey() + " cannot be read: " + IoReasons.of(e));
            }
        }
        return Optional.empty();
    }
}
