package linnet.app.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network as Alice's page shows it: who is linked, who is known, and how somebody is found. */
class NetworkViewsTest {
    /** How many colours there are in the picture: a blank one has one. */
    private static final String COLOURS = """
            () => {
              const canvas = document.querySelector('.diagram canvas');
              const all = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              const seen = new Set();
              for (let i = 0; i < all.length; i += 4) seen.add(all[i] << 16 | all[i + 1] << 8 | all[i + 2]);
              return seen.size;
            }
            """;

    @TempDir
    static Path folder;

    static Chromium chromium;
    static Resident alice;
    static Resident bob;
    static Resident carol;

    @BeforeAll
    static void meet() throws Exception {
        chromium = new Chromium();
        alice = new Resident(folder.resolve("alice"), "Alice", chromium.person());
        bob = new Resident(folder.resolve("bob"), "Bob", chromium.person());
        carol = new Resident(folder.resolve("carol"), "Carol", chromium.person());
        for (Resident one : List.of(alice, bob, carol)) {
            one.enter();
            one.introduceMyself();
        }
        // Alice and Carol are no contacts: each hears of the other from Bob.
        alice.add(bob.invite());
        alice.talkTo(bob);
        carol.add(String.valueOf(bob.api().post("identity/invite", Map.of()).get("link")));
        carol.talkTo(bob);
    }

    @AfterAll
    static void close() {
        for (Resident one : List.of(alice, bob, carol)) one.close();
        chromium.checkComplaints();
        chromium.close();
    }

    @BeforeEach
    void leave() {
        alice.page().navigate("about:blank");
    }

    private static Locator rows(Page page) {
        return page.locator(".sorted tbody tr");
    }

    @Test
    void aStrangerThatWasHeardOfAppearsByItself() {
        alice.view("network");
        assertThat(rows(alice.page())).hasCount(2);
        assertThat(alice.page().getByRole(AriaRole.IMG)).hasAccessibleName(Pattern.compile("Diagram of 2 devices.*"));
        assertThat(alice.page().locator(".buckets li")).hasCount(1);
    }

    @Test
    void aTableIsSortedByItsHeadingsWithTheKeyboard() {
        alice.view("peers");
        Page page = alice.page();
        assertThat(rows(page)).hasCount(2);
        assertThat(rows(page).first()).containsText("Bob");
        Locator heading =
                page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName(Pattern.compile("Peer.*")));
        assertThat(heading).hasAttribute("aria-sort", "ascending");
        heading.getByRole(AriaRole.BUTTON).focus();
        page.keyboard().press("Enter");
        assertThat(heading).hasAttribute("aria-sort", "descending");
        assertThat(rows(page).last()).containsText("Bob");
    }

    @Test
    void aContactLeadsToThePersonAndTheTabsLeadToAndFro() {
        alice.view("peers");
        Page page = alice.page();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Diagram"))
                .click();
        assertThat(alice.heading("Network")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Peers"))
                .click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Bob").setExact(true))
                .click();
        assertThat(alice.heading("Bob")).isVisible();
    }

    @Test
    void aLookupShowsEachQuestionAndWhomItFound() {
        alice.view("network");
        Page page = alice.page();
        assertThat(rows(page)).hasCount(2);
        page.getByLabel("Name of a contact").fill(carol.peer().substring(0, 14));
        page.keyboard().press("Enter");
        assertThat(page.getByText(Pattern.compile("was found after 1 hop"))).isVisible();
        assertThat(page.locator(".steps li.answered")).hasCount(2);
        assertThat(page.locator(".steps")).containsText("answered in");
    }

    @Test
    void whomNobodyKnowsIsSaidAtOnce() {
        alice.view("network");
        alice.page().getByLabel("Name of a contact").fill("Zoe");
        alice.button("Look up").click();
        assertThat(alice.page().getByRole(AriaRole.ALERT)).hasText("“Zoe” is no contact and no id.");
        assertThat(alice.page().locator(".steps")).hasCount(0);
    }

    @Test
    void theDiagramIsDrawn() {
        alice.view("network");
        assertThat(rows(alice.page())).hasCount(2);
        Object colours = alice.page().evaluate(COLOURS);
        assertThat((Integer) colours).isGreaterThan(10);
    }
}
