package linnet.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import linnet.app.api.ApiClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the safety number and notes that it was compared. */
@Command(
        name = "verify",
        description = "Show the safety number of a contact. When both of you see the same, nobody is between you.")
final class VerifyVerb extends NodeVerb {
    @Parameters(paramLabel = "<contact>", description = "Name, beginning of a name, or user1… id.")
    @SuppressWarnings("NullAway.Init")
    String contact;

    @Option(names = "--yes", description = "Note that you have compared it, and it was the same.")
    boolean yes;

    @Override
    protected int run() throws Exception {
        Person person = contact(contact);
        String path = "contacts/" + ApiClient.escaped(person.user());
        String number = text(node().get(path + "/safety"), "safetyNumber");
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("user", person.user());
        result.put("name", person.name());
        result.put("safetyNumber", number);
        if (yes) node().put(path + "/verified", Map.of("verified", true));
        boolean verified = yes || isVerified(person);
        result.put("verified", verified);
        print(result, grouped(number));
        say(
                verified
                        ? Words.name(person.name()) + " is noted as verified."
                        : "The same with " + Words.name(person.name()) + "? Then: linnet verify --yes "
                                + Words.typed(person.name(), person.user()));
        return Exit.OK.status();
    }

    private boolean isVerified(Person person) throws Exception {
        for (Map<String, @Nullable Object> contact : ApiClient.list(node().get("contacts"), "contacts"))
            if (text(contact, "user").equals(person.user())) return Boolean.TRUE.equals(contact.get("verified"));
        return false;
    }

    /** Five digits a group, four groups a line: people read them to each other. */
    private static String grouped(String number) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            if (Character.isDigit(number.charAt(i))) digits.append(number.charAt(i));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && i % 20 == 0) text.append('\n');
            else if (i > 0 && i % 5 == 0) text.append(' ');
            text.append(digits.charAt(i));
        }
        return text.toString();
    }
}
