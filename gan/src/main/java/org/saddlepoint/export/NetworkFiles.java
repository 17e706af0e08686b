package org.saddlepoint.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.Seal;

/**
 * The networks in a checkpoint under the names that other programs look for, one safetensors file each, byte for byte as
 * they were saved: with PyTorch's names for all tensors, and without what only training needs.
 *
 * <ul>
 *   <li>Translators have the names of the authors' PyTorch code, by which D_A judges what G_A makes. Two directions that are
 *       one network become two files.
 *   <li>Of generators and translators that is exported which is used after training: the moving average, if there is one.
 * </ul>
 */
public final class NetworkFiles {
    private static final String SUFFIX = ".safetensors";
    private static final String FORTH = "translator_a2b";
    private static final String BACK = "translator_b2a";
    private static final String DISCRIMINATOR = "discriminator";
    private static final String JUDGE_OF_A = "discriminator_a";
    private static final String JUDGE_OF_B = "discriminator_b";
    private static final String GENERATOR = "generator";
    private static final String AVERAGE = "_ema";

    private NetworkFiles() {}

    /**
     * Which part of a checkpoint goes into which file.
     *
     * @param parts names of what the checkpoint has
     * @param bothWays whether translators go both ways
     * @return parts by file names; empty where there is no network that can be exported
     */
    public static Map<String, String> names(Set<String> parts, boolean bothWays) {
        Map<String, String> names = new LinkedHashMap<>();
        if (bothWays) {
            names.put("latest_net_G_A", FORTH);
            names.put("latest_net_G_B", parts.contains(BACK) ? BACK : FORTH);
            names.put("latest_net_D_A", JUDGE_OF_B);
            names.put("latest_net_D_B", JUDGE_OF_A);
        } else if (parts.contains(FORTH)) {
            names.put("latest_net_G", FORTH);
            names.put("latest_net_D", DISCRIMINATOR);
        } else {
            names.put("generator", GENERATOR);
            names.put("discriminator", DISCRIMINATOR);
        }
        Map<String, String> files = new LinkedHashMap<>();
        names.forEach((name, part) -> {
            if (parts.contains(part)) {
                files.put(name + SUFFIX, parts.contains(part + AVERAGE) ? part + AVERAGE : part);
            }
        });
        return Collections.unmodifiableMap(files);
    }

    /**
     * Copies networks into a new folder, which appears whole or not at all.
     *
     * @param checkpoint the folder of a sealed checkpoint
     * @param bothWays whether translators go both ways
     * @param folder is not there yet, or empty
     * @return parts by the names of the files that were written
     * @throws RunException if the checkpoint is damaged or holds no networks, there is something in the folder, or it
     *     cannot be written
     */
    public static Map<String, String> write(Path checkpoint, boolean bothWays, Path folder) {
        Optional<String> damage = Seal.damage(checkpoint);
        if (damage.isPresent()) {
            throw new RunException("the checkpoint " + checkpoint + " is damaged: " + damage.get());
        }
        try {
            if (Files.exists(folder) && (!Files.isDirectory(folder) || !isEmpty(folder))) {
                throw new RunException(folder + " is there already; give a folder that is new or empty");
            }
            Map<String, String> files = names(parts(checkpoint), bothWays);
            if (files.isEmpty()) {
                throw new RunException("the checkpoint " + checkpoint + " holds no network that can be exported");
            }
            AtomicFiles.writeDirectory(folder, directory -> {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    AtomicFiles.write(
                            directory.resolve(file.getKey()),
                            out -> Files.copy(checkpoint.resolve(file.getValue() + SUFFIX), out));
                }
            });
            return files;
        } catch (IOException e) {
            throw new RunException("cannot export to " + folder + ": " + IoReasons.of(e), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static Set<String> parts(Path checkpoint) throws IOException {
        try (Stream<Path> entries = Files.list(checkpoint)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .collect(Collectors.toSet());
        }
    }
}
