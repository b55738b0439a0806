package linnet.app.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every view, narrow and wide, light and dark, of a node with something in it: for everybody, inside its frame, and kept as a picture. */
class ViewsTest {
    private static final int HEIGHT = 800;

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static Resident alice;
    private static Resident bob;
    private static Resident carol;

    @BeforeAll
    static void talkSomething() throws Exception {
        chromium = new Chromium();
        alice = new Resident(folder.resolve("alice"), "Alice", chromium.person());
        bob = new Resident(folder.resolve("bob"), "Bob", chromium.person());
        carol = new Resident(folder.resolve("carol"), "Carol", chromium.person());
        for (Resident one : List.of(alice, bob, carol)) {
            one.enter();
            one.introduceMyself();
        }
        alice.add(bob.invite());
        alice.talkTo(bob);
        bob.talkTo(alice);
        alice.write(bob, "Are you coming to the rehearsal on Thursday?");
        bob.sees("Are you coming to the rehearsal on Thursday?");
        bob.write(alice, "Yes! I will bring the score, and the recordings from last week if I find them.");
        alice.sees("Yes! I will bring the score, and the recordings from last week if I find them.");
        alice.write(bob, "Great. The room is booked from six: https://example.org/rooms/14");
        alice.seesStage("Great.", "Read");
        String good = carol.invite();
        alice.add(good);
        alice.talkTo(carol);
        alice.write(carol, "Do you have the key?");
        alice.seesStage("Do you have the key?", "Delivered");
        bob.add(good);
        assertThat(bob.page().getByText("Carol refused the request.")).isVisible();
        bob.view("people");
        bob.view("people");
        assertThat(bob.page().getByText("Said no: it was used already")).isVisible();
        carol.stopNode();
        alice.write(carol, "The one with the green tag");
        alice.write(carol, "Call me when you are back");
        assertThat(alice.page().locator(".queue")).containsText("2 messages wait for Carol");
    }

    @AfterAll
    static void close() {
        for (Resident one : List.of(alice, bob, carol)) one.close();
        chromium.checkComplaints();
        chromium.close();
    }

    static Stream<Arguments> everyLook() {
        return Stream.of(
                        "chats",
                        "chat",
                        "queue",
                        "sheet",
                        "people",
                        "person",
                        "add",
                        "invite",
                        "settings",
                        "peers",
                        "network",
                        "lookup",
                        "refused",
                        "locked")
                .flatMap(view -> Stream.of(320, 1_280)
                        .flatMap(width -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                                .map(scheme -> Arguments.of(view, width, scheme))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyLook")
    void isForEverybody(String view, int width, ColorScheme scheme) throws Exception {
        Page page = show(view, width, scheme);
        Chromium.keep(page, view + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
        assertThat(Chromium.violations(page)).isEqualTo(List.of());
        assertThat(page.evaluate("() => document.documentElement.scrollWidth")).isEqualTo(width);
        if (!view.equals("locked")) page.navigate("about:blank");
        else page.context().close();
    }

    private Page show(String view, int width, ColorScheme scheme) {
        if (view.equals("locked")) {
            Page stranger = chromium.person(width, HEIGHT, scheme, "en-GB");
            stranger.navigate(alice.origin() + "/?login=refused");
            assertThat(stranger.getByText("was used already")).isVisible();
            return stranger;
        }
        Resident who = view.equals("refused") ? bob : alice;
        Page page = who.page();
        page.setViewportSize(width, HEIGHT);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        who.view(addressOf(view));
        switch (view) {
            case "chat" -> assertThat(page.locator(".talk li")).hasCount(3);
            case "queue" -> assertThat(page.locator(".queue")).isVisible();
            case "sheet" -> {
                page.locator(".talk .meta").last().click();
                assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
            }
            case "invite" -> {
                who.button("Make an invite").click();
                assertThat(page.locator(".qr")).isVisible();
            }
            case "person" -> assertThat(page.locator(".digits")).isVisible();
            case "settings" -> assertThat(who.heading("Settings")).isVisible();
            case "peers" -> assertThat(page.locator(".sorted tbody tr").first()).isVisible();
            case "network" -> {
                assertThat(page.locator(".diagram canvas")).isVisible();
                assertThat(page.locator(".sorted tbody tr").first()).isVisible();
            }
            case "lookup" -> {
                page.getByLabel("Name of a contact").fill("bob");
                who.button("Look up").click();
                assertThat(page.getByText("Bob was found after 1 hop.")).isVisible();
            }
            case "refused" ->
                assertThat(page.getByText("Said no: it was used already")).isVisible();
            case "add" -> assertThat(page.locator("textarea").first()).isVisible();
            case "people", "chats" -> assertThat(page.locator(".entry").first()).isVisible();
            default -> assertThat(page.locator("h1").last()).isVisible();
        }
        return page;
    }

    private static String addressOf(String view) {
        return switch (view) {
            case "chat" -> "chat/" + bob.user();
            case "queue", "sheet" -> "chat/" + carol.user();
            case "person" -> "person/" + bob.user();
            case "lookup" -> "network";
            case "refused" -> "people";
            default -> view;
        };
    }
}
