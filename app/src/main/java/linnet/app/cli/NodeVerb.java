package linnet.app.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import linnet.app.api.ApiClient;
import linnet.app.api.ApiProblem;
import linnet.app.node.Running;
import linnet.app.node.Token;
import linnet.core.env.Failure;
import org.jspecify.annotations.Nullable;

/** A verb that talks to the running node. */
abstract class NodeVerb extends Verb {
    /** Fewest characters of an id that may stand for it; a name may be shorter. */
    static final int ID_PREFIX_CHARS_MIN = 8;

    private @Nullable ApiClient client;

    /** Returns the client of the node that runs in this home. */
    protected final ApiClient node() throws IOException, CommandFailure {
        if (client != null) return client;
        try {
            Optional<Running> running = Running.read(home());
            if (running.isEmpty() || !running.get().isAlive()) throw notRunning();
            Optional<String> token = Token.read(home());
            if (token.isEmpty()) throw notRunning();
            client = new ApiClient(running.get().apiPort(), token.get());
            return client;
        } catch (AccessDeniedException e) {
            throw CommandFailure.of(new Failure(Failure.Code.NOT_AUTHORISED, "the home of this node is not yours"));
        }
    }

    /** A contact as the commands need it. */
    record Person(String user, String name) {
        static Person of(Map<String, @Nullable Object> contact) {
            return new Person(text(contact, "user"), text(contact, "name"));
        }
    }

    /** Finds a contact by name, by the beginning of the name or id, or by id. */
    protected final Person contact(String typed) throws IOException, ApiProblem, CommandFailure {
        List<Person> all = new ArrayList<>();
        for (Map<String, @Nullable Object> contact : ApiClient.list(node().get("contacts"), "contacts"))
            all.add(Person.of(contact));
        List<Person> found = matching(all, typed);
        if (found.size() == 1) return found.get(0);
        List<String> names =
                (found.isEmpty() ? all : found).stream().map(Person::name).toList();
        String known =
                names.isEmpty() ? "You have no contacts yet: linnet invite, linnet add" : String.join(", ", names);
        throw new CommandFailure(
                Exit.FAILED,
                Failure.Code.PEER_UNKNOWN.name(),
                found.isEmpty() ? "no contact is called '" + typed + "'" : "'" + typed + "' could be several contacts",
                (found.isEmpty() ? "Contacts: " : "Type more of one of: ") + known);
    }

    private static List<Person> matching(List<Person> all, String typed) {
        // Every name begins with nothing; who typed nothing meant nobody.
        if (typed.isBlank()) return List.of();
        String low = typed.toLowerCase(Locale.ROOT);
        List<Person> exact = all.stream()
                .filter(one -> one.user().equals(typed) || one.name().equalsIgnoreCase(typed))
                .toList();
        if (!exact.isEmpty()) return exact;
        return all.stream()
                .filter(one -> one.name().toLowerCase(Locale.ROOT).startsWith(low)
                        || (typed.length() >= ID_PREFIX_CHARS_MIN && one.user().startsWith(low)))
                .toList();
    }

    /** Returns a text of an object; empty when it has none. */
    static String text(Map<String, ? extends @Nullable Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    /** Returns a number of an object; 0 when it has none. */
    static long number(Map<String, ? extends @Nullable Object> object, String name) {
        return object.get(name) instanceof Long number ? number : 0;
    }

    /** Returns an object inside an object; empty when it has none. */
    @SuppressWarnings("unchecked") // Json makes maps with text keys only
    static Map<String, @Nullable Object> inner(Map<String, ? extends @Nullable Object> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
