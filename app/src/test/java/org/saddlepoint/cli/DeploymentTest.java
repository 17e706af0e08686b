package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.distributed.Launch;
import picocli.CommandLine;

/** What the manifests and scripts of {@code deploy} say to this program: it must understand them, whatever becomes of its options. */
class DeploymentTest {
    private static final Path FOLDER = Path.of("../deploy");
    private static final Pattern FLAG = Pattern.compile("<jvmFlag>(.+)</jvmFlag>");

    @TempDir
    private Path temp;

    /** The documents of a file; what an alias of YAML stands for is not in its place. */
    private static List<JsonNode> documents(String file) throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        try (MappingIterator<JsonNode> all =
                yaml.readerFor(JsonNode.class).readValues(FOLDER.resolve(file).toFile())) {
            return all.readAll();
        }
    }

    private static JsonNode kind(String file, String kind) throws IOException {
        return documents(file).stream()
                .filter(each -> each.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static void parse(List<String> words) {
        Class<?> command = words.get(0).equals("resume") ? ResumeCommand.class : TrainCommand.class;
        new CommandLine(command).parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The container that trains, checked for what the image and the program expect of it. */
    private static JsonNode container(JsonNode pod) throws IOException {
        String build = Files.readString(Path.of("pom.xml"));
        JsonNode container = pod.at("/spec/containers/0");
        List<String> words = texts(container.at("/args"));
        assertThat(words.get(0)).isEqualTo("train");
        parse(words);
        parse(List.of("resume", words.get(words.indexOf("--out") + 1))); // as the comment says
        assertThat(container.at("/image").asText()).startsWith("saddlepoint:");
        assertThat(build).contains("<image>saddlepoint:${project.version}</image>");
        assertThat(build).contains("<version>" + container.at("/image").asText().substring(12) + "</version>");
        assertThat(build)
                .contains("<user>" + pod.at("/spec/securityContext/runAsUser").asText() + ":"
                        + pod.at("/spec/securityContext/runAsGroup").asText() + "</user>");
        assertThat(texts(container.at("/volumeMounts"))).hasSize(3);
        return container;
    }

    @Test
    void theIndexedJobStartsRanksThatFindEachOther() throws IOException {
        JsonNode job = kind("job.yaml", "Job");
        String name = job.at("/metadata/name").asText();
        JsonNode pod = job.at("/spec/template");
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode each : container(pod).at("/env")) {
            String index = "metadata.annotations['batch.kubernetes.io/job-completion-index']";
            boolean isIndex = each.at("/valueFrom/fieldRef/fieldPath").asText().equals(index);
            environment.put(
                    each.at("/name").asText(), isIndex ? "3" : each.at("/value").asText());
        }
        Launch launch = Launch.of(environment).orElseThrow();
        assertThat(launch.rank()).isEqualTo(3);
        assertThat(launch.size())
                .isEqualTo(job.at("/spec/completions").asInt())
                .isEqualTo(job.at("/spec/parallelism").asInt());
        JsonNode service = kind("job.yaml", "Service");
        assertThat(launch.address())
                .isEqualTo(name + "-0." + pod.at("/spec/subdomain").asText())
                .endsWith("." + service.at("/metadata/name").asText());
        assertThat(service.at("/spec/selector/batch.kubernetes.io~1job-name").asText())
                .isEqualTo(name);
        assertThat(environment.keySet())
                .containsExactly(Launch.RANK, Launch.WORLD_SIZE, Launch.MASTER_ADDR, Launch.MASTER_PORT);
    }

    @Test
    void thePyTorchJobIsUnderstood() throws IOException {
        JsonNode job = kind("pytorchjob.yaml", "PyTorchJob");
        JsonNode replicas = job.at("/spec/pytorchReplicaSpecs");
        assertThat(replicas.at("/Master/replicas").asInt()).isEqualTo(1);
        JsonNode container = container(replicas.at("/Master/template"));
        assertThat(container.at("/name").asText()).isEqualTo("pytorch");
        assertThat(Files.readString(FOLDER.resolve("pytorchjob.yaml")))
                .contains("template: &rank\n", "template: *rank\n")
                .contains("sets RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT");
    }

    /** With scripts in the places of Slurm's commands and of the launcher. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a script of bash")
    void theSlurmScriptStartsRanksAndGoesOn() throws Exception {
        tool("scontrol", "[ \"$*\" = \"show hostnames node[3-4]\" ] && printf 'node3\\nnode4\\n'");
        tool("srun", "shift; SLURM_PROCID=1 SLURM_LOCALID=0 exec \"$@\"");
        tool(
                "saddlepoint",
                "echo \"RANK=$RANK WORLD_SIZE=$WORLD_SIZE LOCAL_RANK=$LOCAL_RANK LOCAL_WORLD_SIZE=$LOCAL_WORLD_SIZE"
                        + " MASTER_ADDR=$MASTER_ADDR MASTER_PORT=$MASTER_PORT\"; for a in \"$@\"; do echo \"$a\"; done");
        List<String> begun = slurm("my photos", "run", "--steps", "10");
        Map<String, String> environment = new HashMap<>();
        for (String each : begun.get(0).split(" ", -1)) {
            environment.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        assertThat(Launch.of(environment)).contains(new Launch(1, 2, 0, 1, "node3", 21234, false, 0, ""));
        List<String> words = begun.subList(1, begun.size());
        assertThat(words)
                .isEqualTo(List.of("train", "--data", "my photos", "--out", "run", "--threads", "8", "--steps", "10"));
        parse(words);
        Files.createDirectories(temp.resolve("run"));
        Files.writeString(temp.resolve("run/run.json"), "{}");
        List<String> resumed = slurm("my photos", "run");
        assertThat(resumed.subList(1, resumed.size())).isEqualTo(List.of("resume", "run", "--threads", "8"));
        parse(resumed.subList(1, resumed.size()));
    }

    private List<String> slurm(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("bash", FOLDER.resolve("slurm.sh").toAbsolutePath().toString()));
        command.addAll(Arrays.asList(words));
        Path out = temp.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PATH", temp + ":" + System.getenv("PATH"),
                        "SLURM_JOB_NODELIST", "node[3-4]",
                        "SLURM_JOB_ID", "1234",
                        "SLURM_NTASKS", "2",
                        "SLURM_NTASKS_PER_NODE", "1",
                        "SLURM_CPUS_PER_TASK", "8"));
        Process process = builder.start();
        assertThat(Child.ends(process)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readAllLines(out);
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(temp.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theImageStartsJavaAsTheLauncherDoes() throws IOException {
        String launcher = Files.readString(Path.of("../saddlepoint"));
        String flags = launcher.substring(launcher.indexOf("flags=\"") + 7);
        List<String> expected = Arrays.stream(
                        flags.substring(0, flags.indexOf('"')).split("\\s+", -1))
                .filter(flag -> !flag.contains("$")) // of a terminal, which a container has not
                .toList();
        String build = Files.readString(Path.of("pom.xml"));
        assertThat(FLAG.matcher(build).results().map(each -> each.group(1)).toList())
                .isEqualTo(expected);
        for (String name : List.of("MALLOC_ARENA_MAX", "GLIBC_TUNABLES")) {
            Matcher value =
                    Pattern.compile(name + "=\"\\$\\{" + name + ":-(.+)}\"").matcher(launcher);
            assertThat(value.find()).as(name).isTrue();
            assertThat(build).contains("<" + name + ">" + value.group(1) + "</" + name + ">");
        }
    }
}
