package linnet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    private void sent(int count) {
        for (int i = 1; i <= count; i++) ledger.sent("m" + i, "a>b", "text " + i, true);
    }

    private void shown(int... numbers) {
        for (int number : numbers) ledger.shown("m" + number, "a>b", "text " + number);
    }

    @Test
    void allShownOnceAndInOrderIsClean() {
        sent(3);
        shown(1, 2, 3);
        assertThat(ledger.delivered()).isEqualTo(3);
        assertThat(ledger.lost()).isZero();
        assertThat(ledger.duplicates()).isZero();
        assertThat(ledger.outOfOrder()).isZero();
    }

    @Test
    void whatIsMissingIsLost() {
        sent(3);
        shown(1, 3);
        assertThat(ledger.lost()).isEqualTo(1);
    }

    @Test
    void whatIsShownAgainIsADuplicate() {
        sent(2);
        shown(1, 2, 1);
        assertThat(ledger.duplicates()).isEqualTo(1);
    }

    @Test
    void whatComesAfterALaterOneIsOutOfOrder() {
        sent(3);
        shown(1, 3, 2);
        assertThat(ledger.outOfOrder()).isEqualTo(1);
    }

    @Test
    void whatWasNeverSentCountsAsADuplicateAndNotAsDelivered() {
        sent(1);
        ledger.shown("m1", "a>b", "other words");
        assertThat(ledger.delivered()).isZero();
        assertThat(ledger.duplicates()).isEqualTo(1);
        assertThat(ledger.lost()).isEqualTo(1);
    }

    @Test
    void twoDirectionsHaveTheirOwnOrder() {
        ledger.sent("m1", "a>b", "x", true);
        ledger.sent("n1", "b>a", "y", true);
        ledger.shown("n1", "b>a", "y");
        ledger.shown("m1", "a>b", "x");
        assertThat(ledger.outOfOrder()).isZero();
    }

    @Test
    void everyStageIsAskedFor() {
        sent(2);
        for (String stage : new String[] {"queued", "sent", "delivered"}) ledger.stage("m1", stage);
        ledger.stage("m2", "queued");
        assertThat(ledger.stagesMissing()).isEqualTo(1);
    }
}
