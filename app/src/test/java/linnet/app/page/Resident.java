package linnet.app.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import linnet.app.api.ApiClient;
import linnet.app.config.Config;
import linnet.app.node.Daemon;
import linnet.app.node.Token;

/** A person with a real node that can be stopped and started, and with the page of it. */
final class Resident implements AutoCloseable {
    final String name;
    private final Path home;
    private final Page page;
    private Daemon daemon;

    /** Starts the node and lets the page in. */
    Resident(Path home, String name, Page page) throws Exception {
        this.home = home;
        this.name = name;
        this.page = page;
        this.daemon = start();
    }

    private Daemon start() throws Exception {
        Map<String, String> flags = Map.of("name", name, "listen", "127.0.0.1:auto", "log.level", "warn");
        return Daemon.start(home, Config.load(home, Map.of(), flags), false);
    }

    Page page() {
        return page;
    }

    String user() {
        return daemon.node().user().toString();
    }

    String peer() {
        return daemon.node().peer().toString();
    }

    String origin() {
        return "http://127.0.0.1:" + daemon.running().apiPort();
    }

    ApiClient api() throws Exception {
        return new ApiClient(daemon.running().apiPort(), token());
    }

    String token() throws Exception {
        return Token.read(home).orElseThrow();
    }

    /** Follows a login link, as the owner of the home would. */
    void enter() throws Exception {
        page.navigate(String.valueOf(api().post("login-links", Map.of()).get("url")));
    }

    /** Goes to a view of the page. */
    void view(String view) {
        page.navigate(origin() + "/#/" + view);
    }

    void stopNode() {
        daemon.close();
    }

    void startNode() throws Exception {
        daemon = start();
    }

    /** Passes the first-run view. */
    void introduceMyself() {
        page.getByLabel("What should people call you?").fill(name);
        button("Begin").click();
        assertThat(heading("Invite somebody")).isVisible();
    }

    /** Makes an invite on the page and returns its link. */
    String invite() {
        view("invite");
        button("Make an invite").click();
        return page.getByLabel("Your invite link").inputValue();
    }

    /** Takes an invite on the page. */
    void add(String link) {
        view("add");
        page.getByLabel("Invite link").fill(link);
        button("Add contact").click();
    }

    /** Opens the conversation with somebody. */
    void talkTo(Resident other) {
        view("chat/" + other.user());
        assertThat(heading(other.name)).isVisible();
    }

    /** Writes and sends words in the open conversation. */
    void write(Resident to, String words) {
        page.getByLabel("Message to " + to.name).fill(words);
        page.keyboard().press("Enter");
    }

    /** Waits until a message is on the screen once. */
    void sees(String words) {
        assertThat(page.locator(".talk .words").getByText(words, exactly())).hasCount(1);
    }

    /** Waits until the tick of an own message says this. */
    void seesStage(String words, String stage) {
        assertThat(page.locator(".talk li")
                        .filter(new Locator.FilterOptions().setHasText(words))
                        .getByRole(AriaRole.BUTTON))
                .hasAccessibleName(Pattern.compile(", " + stage + "\\. Details"));
    }

    Locator button(String label) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    Locator heading(String words) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(words).setExact(true));
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    @Override
    public void close() {
        page.context().close();
        daemon.close();
    }
}
