package linnet.examples;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import linnet.jvm.Linnet;
import linnet.jvm.Message;

/** Two people with a node each in one process, who talk over real sockets: {@code TwoNodes <folder>}. */
public final class TwoNodes {
    private TwoNodes() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        try (Linnet alice = open(folder, "Alice");
                Linnet bob = open(folder, "Bob")) {
            CompletableFuture<Message> question = next(alice);
            CompletableFuture<Message> answer = next(bob);
            bob.add(alice.invite().join()).join();
            bob.send(alice.user(), "Are you there?").join();
            System.out.println("Bob: " + question.join().text());
            alice.send(bob.user(), "Yes.").join();
            System.out.println("Alice: " + answer.join().text());
        }
    }

    private static Linnet open(Path folder, String name) {
        return Linnet.at(folder.resolve(name))
                .name(name)
                .network("example")
                .listen("127.0.0.1", 0)
                .open();
    }

    private static CompletableFuture<Message> next(Linnet person) {
        CompletableFuture<Message> next = new CompletableFuture<>();
        person.onMessage(next::complete);
        return next;
    }
}
