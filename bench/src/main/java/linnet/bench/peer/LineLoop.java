package linnet.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Answers one JSON line for each on standard input, until that ends. */
public final class LineLoop {
    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private LineLoop() {}

    /** Does what commands ask. */
    @FunctionalInterface
    public interface Answers {
        /** Returns the fields of the answer, each with a comma before it; what it throws becomes the answer's error. */
        String answer(String command, Line line) throws Exception;
    }

    /** Says that the program is ready, with these fields, and answers until {@code exit} or the end of the input. */
    public static void run(String readyFields, Answers answers) throws IOException {
        say("ready", ",\"us\":" + micros() + readyFields);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            Line line = new Line(text);
            String command = line.text("cmd");
            if (command.equals("exit")) return;
            try {
                say(command, answers.answer(command, line));
            } catch (Exception e) {
                say(command, ",\"error\":\"" + e.toString().replace('"', '\'') + '"');
            }
        }
    }

    /** Returns the clock that all processes of a machine share. */
    public static long micros() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    }

    /** Returns a list as a field. */
    public static String field(String name, long... values) {
        StringBuilder text = new StringBuilder(",\"" + name + "\":[");
        for (int i = 0; i < values.length; i++) text.append(i == 0 ? "" : ",").append(values[i]);
        return text.append(']').toString();
    }

    private static void say(String event, String fields) {
        OUT.print("{\"ev\":\"" + event + '"' + fields + "}\n");
        OUT.flush();
    }
}
