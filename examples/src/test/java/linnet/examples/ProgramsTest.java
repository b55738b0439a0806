package linnet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import linnet.jvm.Linnet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs are run as people run them, with real nodes. */
class ProgramsTest {
    @TempDir
    Path temporary;

    @Test
    void helloIsDelivered() throws Exception {
        try (Linnet bot = Linnet.at(temporary.resolve("bot"))
                .name("Echo")
                .listen("127.0.0.1", 0)
                .open()) {
            EchoBot.run(bot);
            String invite = bot.invite().join();
            assertThat(printed(() ->
                            Hello.main(new String[] {temporary.resolve("hello").toString(), invite})))
                    .containsPattern("(DELIVERED|READ) via direct");
        }
    }

    @Test
    void helloIsShortAndTheReadmeShowsIt() throws Exception {
        Path file = Path.of("src", "main", "java", "linnet", "examples", "Hello.java");
        assertThat(Files.readAllLines(file).size()).isLessThanOrEqualTo(20);
        assertThat(Files.readString(Path.of("..", "README.md"))).contains(Files.readString(file));
    }

    @Test
    void twoNodesTalk() throws Exception {
        assertThat(printed(() -> TwoNodes.main(new String[] {temporary.toString()})))
                .isEqualTo("Bob: Are you there?\nAlice: Yes.\n");
    }

    @Test
    void theEchoBotPrintsAnInviteAndStopsWithItsInput() throws Exception {
        var input = System.in;
        System.setIn(new java.io.ByteArrayInputStream(new byte[0]));
        try {
            assertThat(printed(() ->
                            EchoBot.main(new String[] {temporary.resolve("bot").toString()})))
                    .startsWith("linnet:");
        } finally {
            System.setIn(input);
        }
    }

    private interface Program {
        void run() throws Exception;
    }

    private static String printed(Program program) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
