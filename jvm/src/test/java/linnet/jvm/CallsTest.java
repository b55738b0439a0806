package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallsTest {
    private final Calls calls = new Calls();

    @Test
    void aCallFailsWithTheBatchThatWouldHaveAnsweredIt() {
        Calls.Call<String> call = calls.open();
        calls.begins(call);
        calls.batchDiscarded(new IllegalStateException("planted"));
        assertThat(call.answer).isCompletedExceptionally();
    }

    @Test
    void aCallWhoseBatchIsOnItsWayOutlivesLaterErrors() {
        Calls.Call<String> call = calls.open();
        calls.begins(call);
        calls.batchClosed();
        calls.batchDiscarded(new IllegalStateException("of another input"));
        assertThat(call.answer).isNotDone();
        call.answer("durable");
        assertThat(call.answer).isCompletedWithValue("durable");
    }

    @Test
    void whatIsOpenAtTheEndFails() {
        Calls.Call<String> answered = calls.open();
        Calls.Call<String> waiting = calls.open();
        answered.answer("yes");
        calls.failAll(new IllegalStateException("over"));
        assertThat(answered.answer).isCompletedWithValue("yes");
        assertThat(waiting.answer).isCompletedExceptionally();
    }
}
