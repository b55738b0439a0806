package linnet.app.api;

import org.jspecify.annotations.Nullable;

/** Calls about the node itself and its owner. */
public sealed interface NodeRequest extends ApiRequest {
    /** Tell who this node is. */
    record Identity() implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().identity();
        }
    }

    /** Make a link that lets a browser in. */
    record LoginLink() implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().loginLink();
        }
    }

    /** Tell what the owner has set. */
    record Settings() implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().settings();
        }
    }

    /**
     * Change what the owner has set.
     *
     * @param name what they call themself; null leaves it
     * @param receipts whether contacts are told what was seen; null leaves it
     */
    record ChangeSettings(@Nullable String name, @Nullable Boolean receipts) implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().changeSettings(name, receipts);
        }
    }

    /**
     * Change the passphrase of the keys.
     *
     * @param current until now; null when there is none
     * @param next from now on; null for none
     */
    record ChangePassphrase(
            @Nullable String current, @Nullable String next) implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().changePassphrase(current, next);
        }

        @Override
        public String toString() {
            return "ChangePassphrase"; // a passphrase is in no log
        }
    }

    /**
     * Copy all that cannot be had again.
     *
     * @param passphrase seals the copy
     */
    record Backup(String passphrase) implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().backup(passphrase);
        }

        @Override
        public String toString() {
            return "Backup"; // a passphrase is in no log
        }
    }

    /** Tell what helps to find a fault, and no secret. */
    record BugReport() implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().bugReport();
        }
    }

    /** Tell how the node is. */
    record Status() implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().status();
        }
    }

    /** Stop the node. */
    record Stop() implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().stop();
        }
    }

    /**
     * Read events.
     *
     * @param since the last known
     * @param waitMillis how long to wait for one
     * @param limit how many
     */
    record Events(long since, long waitMillis, int limit) implements NodeRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.node().events(since, waitMillis, limit);
        }
    }

    /** What is done with each. */
    interface Handler<T> {
        /** See {@link Identity}. */
        T identity();

        /** See {@link LoginLink}. */
        T loginLink();

        /** See {@link Settings}. */
        T settings();

        /** See {@link ChangeSettings}. */
        T changeSettings(@Nullable String name, @Nullable Boolean receipts);

        /** See {@link ChangePassphrase}. */
        T changePassphrase(@Nullable String current, @Nullable String next);

        /** See {@link Backup}. */
        T backup(String passphrase);

        /** See {@link BugReport}. */
        T bugReport();

        /** See {@link Status}. */
        T status();

        /** See {@link Stop}. */
        T stop();

        /** See {@link Events}. */
        T events(long since, long waitMillis, int limit);
    }
}
