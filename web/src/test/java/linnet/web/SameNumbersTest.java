package linnet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Runs the compiled JavaScript on Node and compares it with this JVM. */
class SameNumbersTest {
    private static final String RUN =
            "const m = require('./target/js/same-numbers.js'); (m.main || globalThis.main)([]);";

    @Test
    void javaScriptPrintsWhatThisJvmPrints() throws IOException, InterruptedException {
        assertThat(onNode()).isEqualTo(onThisJvm());
    }

    private static String onNode() throws IOException, InterruptedException {
        Process node =
                new ProcessBuilder("node", "-e", RUN).redirectErrorStream(true).start();
        String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(printed).isZero();
        return printed;
    }

    private static String onThisJvm() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            SameNumbers.main(new String[0]);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
