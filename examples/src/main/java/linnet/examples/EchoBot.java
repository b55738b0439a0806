package linnet.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import linnet.jvm.Linnet;
import linnet.jvm.Subscription;

/** Says back whatever anybody says: {@code EchoBot <home>}. Prints an invite, and stops when its input ends. */
public final class EchoBot {
    private EchoBot() {}

    public static void main(String[] arguments) throws IOException {
        try (Linnet bot = Linnet.at(Path.of(arguments[0]))
                .name("Echo")
                .listen("127.0.0.1", 0)
                .open()) {
            run(bot);
            System.out.println(bot.invite().join());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Makes anybody an echo: a real node here, a simulated one in the test. */
    @SuppressWarnings("FutureReturnValueIgnored") // An answer that cannot be sent now goes out later, without us.
    static Subscription run(Linnet bot) {
        return bot.onMessage(m -> bot.queue(m.from(), "You said: " + m.text()));
    }
}
