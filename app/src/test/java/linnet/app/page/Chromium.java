package linnet.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The system's Chromium, driven by Playwright. Its driver is what web/ui fetches for its own build; nothing else is downloaded. Every
 * context is a person with a browser of their own; whatever a page complains about fails the test.
 */
final class Chromium implements AutoCloseable {
    private static final Path UI = Path.of("..", "web", "ui").toAbsolutePath().normalize();
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long INSTALL_SECONDS_MAX = 300;

    /** A loaded machine may take long over a step; a right page takes milliseconds. */
    private static final double PATIENCE_MILLIS = 60_000;

    /** Nothing but the page: no updates, no sync, no first-run page. */
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    Chromium(String... more) throws IOException, InterruptedException {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Path program = program();
        System.setProperty("playwright.cli.dir", driver().toString());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> arguments = new ArrayList<>(QUIET);
        arguments.addAll(List.of(more));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(arguments));
    }

    /** Opens an empty page of a new person. */
    Page person(int width, int height, ColorScheme scheme, String language) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setLocale(language));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // That a node is away, or refuses, is said in the console, too; the tests ask for both.
            if (message.type().equals("error")
                    && !message.text().startsWith("Failed to load resource")
                    && !message.text().startsWith("WebSocket connection to")) complaints.add(message.text());
        });
        return page;
    }

    /** Opens an empty page of a new person at a desk. */
    Page person() {
        return person(1_280, 800, ColorScheme.LIGHT, "en-GB");
    }

    /** Fails when a page threw, or broke its content security policy, since the last time. */
    void checkComplaints() {
        List<String> heard = List.copyOf(complaints);
        complaints.clear();
        assertThat(heard).isEmpty();
    }

    /** Returns the rules of accessibility that the page breaks, each with where. */
    static Object violations(Page page) throws IOException {
        page.evaluate(Files.readString(UI.resolve("node_modules/axe-core/axe.min.js")));
        return page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': '"
                + " + v.nodes.map(n => n.target.join(' ') + ' (' + n.failureSummary + ')').join('; '))");
    }

    /** Keeps what the page looks like. */
    static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static Path program() throws IOException, InterruptedException {
        Optional<Path> here = installed();
        if (here.isEmpty() && isRoot()) {
            run("apt-get", "update");
            run("apt-get", "install", "-y", "--no-install-recommends", "chromium");
            here = installed();
        }
        return here.orElseThrow(() -> new AssertionError(
                "no Chromium found. Install it (Debian: apt-get install chromium); the tests of the page run in it."));
    }

    private static Optional<Path> installed() {
        return NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst();
    }

    private static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
        return Stream.of(path.split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/apt-get"));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.start();
        if (!process.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS)) process.destroyForcibly();
    }

    /** Returns a folder as Playwright expects its driver: a Node and a package. */
    private static Path driver() throws IOException {
        Path core = UI.resolve("node_modules").resolve("playwright-core");
        assertThat(core)
                .as("the page's build fetches it: mvn -pl web -am package")
                .isDirectory();
        Path folder = Files.createDirectories(Path.of("target", "playwright")).toAbsolutePath();
        link(folder.resolve("package"), core);
        link(folder.resolve("node"), node());
        return folder;
    }

    private static Path node() {
        return onPath("node").orElseThrow(() -> new AssertionError("no Node found. Install Node 20.19 or newer."));
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
