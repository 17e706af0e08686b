package org.saddlepoint.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    @Test
    void quotesOnlyWhatNeedsIt() {
        assertThat(ShellWord.quote("runs/dcgan-digits-001")).isEqualTo("runs/dcgan-digits-001");
        assertThat(ShellWord.quote("steps=100")).isEqualTo("steps=100");
        assertThat(ShellWord.quote("identité")).isEqualTo("identité");
        assertThat(ShellWord.quote("a run")).isEqualTo("'a run'");
        assertThat(ShellWord.quote("it's")).isEqualTo("'it'\\''s'");
        assertThat(ShellWord.quote("")).isEqualTo("''");
    }

    @Test
    void aPathIsNeverAnOption() {
        assertThat(ShellWord.quote(Path.of("-run"))).isEqualTo("./-run");
        assertThat(ShellWord.quote(Path.of("@files"))).isEqualTo("./@files");
        assertThat(ShellWord.quote(Path.of("a", "-run"))).isEqualTo("a/-run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a run", "it's", "$HOME", "a\"b", "`id`", "a\\b", "a;b", "~", "=ls", "!x", "a&b", "#a", "*", "{a,b}",
                "-n", "''"
            })
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no POSIX shell")
    void aShellReadsItBack(String word) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(
                        "/bin/sh", "-c", "printf %s " + ShellWord.quote("x" + word) + " " + ShellWord.quote(word))
                .start();
        assertThat(shell.getInputStream().readAllBytes())
                .isEqualTo(("x" + word + word).getBytes(StandardCharsets.UTF_8));
        assertThat(shell.waitFor()).isZero();
    }
}
