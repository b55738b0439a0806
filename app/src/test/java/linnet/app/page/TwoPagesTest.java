package linnet.app.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people with a browser and a node each. */
class TwoPagesTest {
    private static Chromium chromium;

    @TempDir
    private Path folder;

    private Resident alice;
    private Resident bob;

    @BeforeAll
    static void startChromium() throws Exception {
        chromium = new Chromium();
    }

    @AfterAll
    static void closeChromium() {
        chromium.close();
    }

    @BeforeEach
    void startNodes() throws Exception {
        alice = new Resident(folder.resolve("alice"), "Alice", chromium.person());
        bob = new Resident(folder.resolve("bob"), "Bob", chromium.person());
        for (Resident one : List.of(alice, bob)) {
            one.enter();
            one.introduceMyself();
        }
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
        chromium.checkComplaints();
    }

    private void becomeContacts() {
        bob.add(alice.invite());
        assertThat(alice.page().getByText("Bob took your invite.")).isVisible();
        alice.talkTo(bob);
        bob.talkTo(alice);
    }

    @Test
    void theyInviteAddAndTalkAndWhatWaitedForAStoppedNodeIsReadInTheEnd() throws Exception {
        becomeContacts();
        alice.write(bob, "Are you there?");
        bob.sees("Are you there?");
        bob.write(alice, "Yes, here I am.");
        alice.sees("Yes, here I am.");
        alice.seesStage("Are you there?", "Read");
        bob.seesStage("Yes, here I am.", "Read");

        bob.stopNode();
        alice.write(bob, "This one waits.");
        alice.seesStage("This one waits.", "Queued");
        assertThat(alice.page().locator(".queue")).containsText("1 message waits for Bob");
        assertThat(bob.page().getByText(Pattern.compile("Reconnecting"))).isVisible();
        Chromium.keep(alice.page(), "story-waits");
        Chromium.keep(bob.page(), "story-reconnecting");

        bob.startNode();
        bob.sees("This one waits.");
        alice.seesStage("This one waits.", "Read");
        assertThat(alice.page().locator(".queue")).hasCount(0);
        bob.write(alice, "It came.");
        alice.sees("It came.");
        bob.seesStage("It came.", "Read");
        Chromium.keep(alice.page(), "story-alice");
        Chromium.keep(bob.page(), "story-bob");
        for (Resident one : List.of(alice, bob))
            assertThat(one.page().locator(".talk .words").allTextContents())
                    .containsExactly("Are you there?", "Yes, here I am.", "This one waits.", "It came.");
    }

    @Test
    void nothingIsMissingOrTwiceAfterReloads() {
        becomeContacts();
        for (int i = 0; i < 6; i++) {
            alice.write(bob, "line " + i);
            if (i % 2 == 1) bob.page().reload();
            if (i % 3 == 2) alice.page().reload();
        }
        for (int i = 0; i < 6; i++) {
            bob.sees("line " + i);
            alice.sees("line " + i);
            alice.seesStage("line " + i, "Read");
        }
    }

    @Test
    void whatIsWrittenWhileTheOwnNodeIsAwayIsSentOnceAfterIt() throws Exception {
        becomeContacts();
        alice.stopNode();
        assertThat(alice.page().getByText(Pattern.compile("Reconnecting"))).isVisible();
        alice.write(bob, "written into the void");
        alice.sees("written into the void");
        alice.startNode();
        bob.sees("written into the void");
        alice.sees("written into the void");
        alice.seesStage("written into the void", "Read");
    }

    @Test
    void aDraftSurvivesAReload() {
        becomeContacts();
        Locator field = alice.page().getByLabel("Message to Bob");
        field.fill("not said ye");
        field.press("t");
        alice.page().reload();
        assertThat(alice.page().getByLabel("Message to Bob")).hasValue("not said yet");
    }

    @Test
    void wordsThatWereOnNoScreenAreNotReportedAsRead() {
        becomeContacts();
        bob.view("people");
        alice.write(bob, "unseen");
        alice.seesStage("unseen", "Delivered");
        assertThat(bob.page().locator(".rail .badge").first()).containsText("1");
        bob.talkTo(alice);
        alice.seesStage("unseen", "Read");
        assertThat(bob.page().locator(".rail .badge")).hasCount(0);
    }

    @Test
    void bothSeeTheSameSafetyNumberAndMarkIt() {
        becomeContacts();
        alice.view("person/" + bob.user());
        bob.view("person/" + alice.user());
        Locator digits = alice.page().locator(".digits li");
        assertThat(digits).hasCount(12);
        assertThat(bob.page().locator(".digits li"))
                .hasText(digits.allTextContents().toArray(String[]::new));
        alice.button("Mark as verified").click();
        assertThat(alice.page().getByText("You compared the number with them.")).isVisible();
        alice.page().reload();
        assertThat(alice.page().getByText("You compared the number with them.")).isVisible();
    }

    @Test
    void anInviteIsReadFromAPictureOfItsCode() {
        alice.invite();
        Path picture = folder.resolve("code.png");
        alice.page().locator(".qr").screenshot(new Locator.ScreenshotOptions().setPath(picture));
        bob.view("add");
        bob.page().locator("input[type=file]").setInputFiles(picture);
        assertThat(bob.page().getByLabel("Invite link")).hasValue(Pattern.compile("linnet:.+"));
        bob.button("Add contact").click();
        assertThat(bob.heading("Alice")).isVisible();
    }

    @Test
    void aNewNameAppearsOnTheOtherPage() {
        becomeContacts();
        alice.view("settings");
        alice.page()
                .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                .fill("Alice Liddell");
        alice.button("Save").click();
        assertThat(bob.heading("Alice Liddell")).isVisible();
    }

    @Test
    void whoWantsToTellNobodyWhatTheyReadTellsNobody() {
        becomeContacts();
        bob.view("settings");
        bob.page().getByLabel("Tell contacts when I have seen their messages").uncheck();
        assertThat(bob.page().getByText("Saved")).isVisible();
        bob.talkTo(alice);
        alice.write(bob, "Did you see this?");
        bob.sees("Did you see this?");
        alice.seesStage("Did you see this?", "Delivered");
        bob.write(alice, "Perhaps.");
        alice.sees("Perhaps.");
        bob.seesStage("Perhaps.", "Read");
        alice.seesStage("Did you see this?", "Delivered");
    }

    @Test
    void aBackupIsDownloaded() throws Exception {
        alice.view("settings");
        alice.page().getByLabel("Passphrase of the backup").fill("correct horse battery staple");
        Download download = alice.page()
                .waitForDownload(() -> alice.button("Download backup").click());
        assertThat(download.suggestedFilename()).endsWith(".linnet-backup");
        assertThat(Files.size(download.path())).isPositive();
    }

    @Test
    void theMessagesSheetSaysWhereItIsAndWhy() {
        becomeContacts();
        bob.stopNode();
        alice.write(bob, "Where are you?");
        alice.seesStage("Where are you?", "Queued");
        alice.page().keyboard().press("Escape");
        alice.talkTo(bob);
        alice.page().locator(".talk li .meta").last().click();
        Locator sheet = alice.page().getByRole(AriaRole.DIALOG);
        assertThat(sheet).containsText("On this device");
        assertThat(sheet).containsText("nothing listens at their address");
        assertThat(sheet).containsText(Pattern.compile("in \\d+ s|now"));
        alice.page().keyboard().press("Escape");
        assertThat(sheet).hasCount(0);
    }

    @Test
    void aConversationIsLedByKeyboardAlone() {
        becomeContacts();
        alice.page().keyboard().type("first line");
        alice.page().keyboard().press("Shift+Enter");
        alice.page().keyboard().type("second line");
        alice.page().keyboard().press("Enter");
        bob.sees("first line\nsecond line");
        alice.page().keyboard().press("Shift+Tab");
        assertThat(alice.page().locator(".talk .meta")).isFocused();
        alice.page().keyboard().press("Enter");
        assertThat(alice.page().getByRole(AriaRole.DIALOG)).isVisible();
        alice.page().keyboard().press("Escape");
        assertThat(alice.page().locator(".talk .meta")).isFocused();
        alice.page().keyboard().press("Escape");
        assertThat(alice.page().getByLabel("Message to Bob")).isFocused();
    }
}
