package linnet.app.api;

import java.util.List;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;
import org.jspecify.annotations.Nullable;

/** Calls about conversations and their messages. */
public sealed interface TalkRequest extends ApiRequest {
    /**
     * List the conversations, newest first.
     *
     * @param before cursor
     * @param limit how many
     */
    record Conversations(long before, int limit) implements TalkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.talk().conversations(before, limit);
        }
    }

    /**
     * Read a conversation backwards.
     *
     * @param with whom
     * @param before cursor
     * @param limit how many
     */
    record Messages(UserId with, long before, int limit) implements TalkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.talk().messages(with, before, limit);
        }
    }

    /**
     * Read a conversation on from a message.
     *
     * @param with whom
     * @param after cursor
     * @param limit how many
     */
    record MessagesAfter(UserId with, long after, int limit) implements TalkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.talk().messagesAfter(with, after, limit);
        }
    }

    /**
     * Send words.
     *
     * @param to whom
     * @param text the words
     * @param key a repetition with the same key is the same message; null: every call is a message of its own
     */
    record Send(UserId to, String text, @Nullable String key) implements TalkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.talk().send(to, text, key);
        }
    }

    /**
     * Say that messages were seen.
     *
     * @param from who wrote them
     * @param ids which
     */
    record Read(UserId from, List<MessageId> ids) implements TalkRequest {
        /** Takes a copy. */
        public Read {
            ids = List.copyOf(ids);
        }

        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.talk().read(from, ids);
        }
    }

    /**
     * Say that somebody looks at a conversation.
     *
     * @param with whose
     * @param open whether
     * @param leaseMillis for how long
     * @param holder who looks, so that another one who stops looking closes nothing
     */
    record Open(UserId with, boolean open, long leaseMillis, String holder) implements TalkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.talk().open(with, open, leaseMillis, holder);
        }
    }

    /**
     * Try now what waits.
     *
     * @param to for whom
     */
    record Retry(UserId to) implements TalkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.talk().retry(to);
        }
    }

    /**
     * Look one message up.
     *
     * @param id which
     */
    record Message(MessageId id) implements TalkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.talk().message(id);
        }
    }

    /**
     * Try a message now.
     *
     * @param id which
     */
    record RetryMessage(MessageId id) implements TalkRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.talk().retryMessage(id);
        }
    }

    /** What is done with each. */
    interface Handler<T> {
        /** See {@link Conversations}. */
        T conversations(long before, int limit);

        /** See {@link Messages}. */
        T messages(UserId with, long before, int limit);

        /** See {@link MessagesAfter}. */
        T messagesAfter(UserId with, long after, int limit);

        /** See {@link Send}. */
        T send(UserId to, String text, @Nullable String key);

        /** See {@link Read}. */
        T read(UserId from, List<MessageId> ids);

        /** See {@link Open}. */
        T open(UserId with, boolean open, long leaseMillis, String holder);

        /** See {@link Retry}. */
        T retry(UserId to);

        /** See {@link Message}. */
        T message(MessageId id);

        /** See {@link RetryMessage}. */
        T retryMessage(MessageId id);
    }
}
