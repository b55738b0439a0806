package linnet.bench.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linnet.app.cli.CommandFailure;
import linnet.bench.Checkout;

/** The system's Chromium, with the driver that the page's own build fetches. */
final class Chromium implements AutoCloseable {
    private static final int WIDTH = 1_280;
    private static final int HEIGHT = 800;
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

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

    Chromium(Path folder) throws IOException, CommandFailure {
        Path program = onPath(NAMES, "no Chromium found. Install it (Debian: apt-get install chromium).");
        System.setProperty("playwright.cli.dir", driver(folder).toString());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(QUIET));
    }

    /** Opens an empty page with nothing cached. */
    Page page() {
        return browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(WIDTH, HEIGHT)
                        .setLocale("en-GB"))
                .newPage();
    }

    /** Returns the browser's version. */
    String version() {
        return browser.version();
    }

    /** Returns a folder as Playwright expects its driver: a Node and a package. */
    private static Path driver(Path folder) throws IOException, CommandFailure {
        Path core = Checkout.root().resolve("web/ui/node_modules/playwright-core");
        if (!Files.isDirectory(core)) throw CommandFailure.usage("run 'npm ci' in web/ui first: it brings the driver");
        Path driver = Files.createDirectories(folder.resolve("driver"));
        Files.createSymbolicLink(driver.resolve("package"), core);
        Files.createSymbolicLink(
                driver.resolve("node"), onPath(List.of("node"), "no Node found. Install Node 20.19 or newer."));
        return driver;
    }

    private static Path onPath(List<String> names, String otherwise) throws CommandFailure {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
        for (String name : names)
            for (String folder : path.split(":", -1))
                if (Files.isExecutable(Path.of(folder, name))) return Path.of(folder, name);
        throw CommandFailure.usage(otherwise);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
