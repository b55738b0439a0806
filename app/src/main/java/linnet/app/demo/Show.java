package linnet.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import linnet.app.cli.Chat;
import linnet.app.node.Desktop;
import org.jspecify.annotations.Nullable;

/** The demo for people: you are Alice, Bob answers by himself, and Carol says hello. */
public final class Show {
    private static final long WAIT_MILLIS = 60_000;
    private static final long POLL_MILLIS = 20_000;
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private Show() {}

    /** Opens the conversation, with {@code peers} nodes altogether, from 3; returns when the input ends or the person types {@code /quit}. */
    public static void open(int peers, BufferedReader input, PrintWriter out, Consumer<String> talk)
            throws IOException, ApiProblem, InterruptedException {
        talk.accept("Starting three nodes, each a process with a home of its own ...");
        try (Theatre theatre = new Theatre()) {
            theatre.awaitReady();
            Actor alice = theatre.alice();
            for (Actor guest : new Actor[] {theatre.bob(), theatre.carol()}) {
                guest.takeInviteOf(alice);
                if (!Witness.awaitContact(guest, alice, WAIT_MILLIS))
                    throw new IOException(guest.name() + " did not become a contact in time");
                answerByItself(guest, alice);
            }
            theatre.bob().send(alice, "Hi Alice, this is Bob. I took your invite, so now we can talk.");
            theatre.carol().send(alice, "Hello from Carol!");
            if (peers > Script.ACTORS) theatre.crowd(peers - Script.ACTORS, talk);
            pages(theatre, talk);
            talk.accept("You are Alice; Bob answers by himself. To look from another terminal:");
            talk.accept("  ./linnet chat Carol --home " + alice.home());
            talk.accept("  ./linnet chat Alice --home " + theatre.bob().home());
            talk.accept("  ./linnet open --home " + theatre.bob().home());
            talk.accept("  ./linnet events -f --home " + alice.home());
            if (peers > Script.ACTORS)
                talk.accept("  ./linnet routes --home " + alice.home() + "  (the page shows it under Network)");
            talk.accept("");
            Chat.with(alice.node(), theatre.bob().user(), "Bob", out).run(input, GOODBYE);
        }
        talk.accept("The three nodes have stopped, and their folder is gone.");
    }

    /** One page for each of them: each node serves its own, and each address is good for one browser. */
    private static void pages(Theatre theatre, Consumer<String> talk) throws IOException, ApiProblem {
        boolean opened = false;
        talk.accept("Their pages, each good for one browser:");
        for (Actor actor : new Actor[] {theatre.alice(), theatre.bob(), theatre.carol()}) {
            String page = actor.page();
            talk.accept("  " + actor.name() + "  " + page);
            opened |= Desktop.opens(page);
        }
        if (!opened) talk.accept("  (no browser here: open them in one on this machine)");
    }

    private static void answerByItself(Actor guest, Actor to) throws IOException, ApiProblem {
        ApiClient node = guest.node();
        long now = node.get("status").get("lastEvent") instanceof Long last ? last : 0;
        Thread thread = new Thread(() -> answer(guest, node, to, now), "demo-" + guest.name());
        thread.setDaemon(true);
        thread.start();
    }

    private static void answer(Actor guest, ApiClient node, Actor to, long from) {
        long since = from;
        try {
            while (true) {
                for (Map<String, @Nullable Object> event : node.events(since, POLL_MILLIS)) {
                    if (event.get("seq") instanceof Long seq) since = seq;
                    if (!"received".equals(event.get("type")) || !(event.get("data") instanceof Map<?, ?> data))
                        continue;
                    node.post(
                            "conversations/" + to.user() + "/read",
                            Map.of("ids", java.util.List.of(String.valueOf(data.get("id")))));
                    guest.send(to, "You said: " + data.get("text"));
                }
            }
        } catch (IOException | ApiProblem | IllegalStateException e) {
            return; // the show is over
        }
    }
}
