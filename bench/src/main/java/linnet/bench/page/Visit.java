package linnet.bench.page;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One visit to the page with nothing cached, in a conversation, and what a watch inside the page saw. */
final class Visit {
    /** A page on a loaded machine is waited for so long. */
    private static final double PATIENCE_MILLIS = 120_000;

    private static final int SCROLL_MILLIS = 10_000;

    /** As far as a fast finger throws a page in a sixtieth of a second. */
    private static final int SCROLL_PIXELS = 40;

    /**
     * Runs in the page before its own code: notes when a conversation is drawn and takes words, and when each message that comes later
     * is on the screen (drawn, and the frame begun).
     */
    private static final String WATCH = """
            window.watch = { ready: 0, drawn: {} };
            new MutationObserver((changes) => {
              const field = document.querySelector('.composer textarea');
              if (!watch.ready && field && document.querySelector('.talk li'))
                requestAnimationFrame(() => requestAnimationFrame(() => (watch.ready ||= performance.now())));
              for (const change of changes) for (const node of change.addedNodes) {
                const id = node.nodeType === 1 && node.matches('.talk li') && node.dataset.id;
                if (id && !watch.drawn[id]) {
                  watch.drawn[id] = -1;
                  requestAnimationFrame(() => (watch.drawn[id] = performance.timeOrigin + performance.now()));
                }
              }
            }).observe(document, { childList: true, subtree: true });
            """;

    private static final String SIZE = """
            () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
              .filter((one) => !one.name.includes('/api/')).reduce((sum, one) => sum + one.transferSize, 0)
            """;

    /** Scrolls up by so many pixels a frame for so many milliseconds; returns the share of 60 frames a second that were drawn. */
    private static final String SCROLL = """
            ([pixels, millis]) => new Promise((done) => {
              const box = document.querySelector('.talk-scroller');
              let frames = 0, first = 0;
              const step = (now) => {
                first ||= now;
                if (now - first >= millis) return done(Math.min(1, frames / ((now - first) * 60 / 1000)));
                frames++;
                box.scrollTop -= pixels;
                requestAnimationFrame(step);
              };
              requestAnimationFrame(step);
            })
            """;

    private final Page page;

    /** Opens the page by a login link and goes into a conversation. */
    Visit(Chromium chromium, String login, String conversation) {
        Page door = chromium.page();
        door.setDefaultTimeout(PATIENCE_MILLIS);
        door.navigate(login);
        door.waitForSelector(".rail");
        List<Cookie> pass = door.context().cookies();
        door.context().close();
        page = chromium.page();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.context().addCookies(pass);
        page.addInitScript(WATCH);
        page.navigate(conversation);
        page.waitForFunction("() => watch.ready > 0");
    }

    double firstPaintMillis() {
        return number(page.evaluate(
                "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? watch.ready"));
    }

    double interactiveMillis() {
        return number(page.evaluate("() => watch.ready"));
    }

    /** Bytes of the page itself as they came over the wire, with headers. */
    double pageBytes() {
        return number(page.evaluate(SIZE));
    }

    double framesShare() {
        return number(page.evaluate(SCROLL, List.of(SCROLL_PIXELS, SCROLL_MILLIS)));
    }

    /** Goes to the end of the conversation, where new messages appear. */
    void toTheEnd() {
        if (page.locator(".to-end").count() > 0) page.locator(".to-end").click();
        page.waitForFunction("() => !document.querySelector('.to-end')");
    }

    /** Waits until these messages are drawn and returns when, in milliseconds since 1970, in their order. */
    List<Double> drawnMillis(List<String> ids) {
        page.waitForFunction("ids => ids.every((id) => watch.drawn[id] > 0)", ids);
        List<Double> all = new ArrayList<>();
        Map<?, ?> drawn = (Map<?, ?>) page.evaluate("() => watch.drawn");
        for (String id : ids) all.add(number(drawn.get(id)));
        return all;
    }

    /** What the page's own objects hold, after its garbage is gone. */
    double heapBytes() {
        CDPSession session = page.context().newCDPSession(page);
        session.send("HeapProfiler.enable");
        session.send("HeapProfiler.collectGarbage");
        return session.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
    }

    void end() {
        page.context().close();
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
