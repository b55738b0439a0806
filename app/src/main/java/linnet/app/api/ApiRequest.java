package linnet.app.api;

import java.util.List;
import linnet.core.id.MessageId;
import linnet.core.id.UserId;

/** One call of the local API, read and checked. */
public sealed interface ApiRequest {
    /** Hands itself to the method that is meant. */
    <T> T dispatch(Handler<T> handler);

    /** Who this node is. */
    record Identity() implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.identity();
        }
    }

    /** Make a link that lets a browser in. */
    record LoginLink() implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.loginLink();
        }
    }

    /**
     * Make an invite.
     *
     * @param lifeMillis how long it is good
     */
    record Invite(long lifeMillis) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.invite(lifeMillis);
        }
    }

    /** List the contacts. */
    record Contacts() implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.contacts();
        }
    }

    /**
     * Take an invite.
     *
     * @param link the invite
     */
    record Add(String link) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.add(link);
        }
    }

    /**
     * Show the safety number.
     *
     * @param with the contact
     */
    record Safety(UserId with) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.safety(with);
        }
    }

    /**
     * Note whether the safety number was compared.
     *
     * @param with the contact
     * @param verified whether
     */
    record Verify(UserId with, boolean verified) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.verify(with, verified);
        }
    }

    /** List who is in the network, as far as this node knows. */
    record Members() implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.members();
        }
    }

    /**
     * Read a conversation.
     *
     * @param with whom
     * @param before cursor
     * @param limit how many
     */
    record Messages(UserId with, long before, int limit) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.messages(with, before, limit);
        }
    }

    /**
     * Send words.
     *
     * @param to whom
     * @param text the words
     */
    record Send(UserId to, String text) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.send(to, text);
        }
    }

    /**
     * Say that messages were seen.
     *
     * @param from who wrote them
     * @param ids which
     */
    record Read(UserId from, List<MessageId> ids) implements ApiRequest {
        /** Takes a copy. */
        public Read {
            ids = List.copyOf(ids);
        }

        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.read(from, ids);
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
    record Open(UserId with, boolean open, long leaseMillis, String holder) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.open(with, open, leaseMillis, holder);
        }
    }

    /**
     * Try now what waits.
     *
     * @param to for whom
     */
    record Retry(UserId to) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.retry(to);
        }
    }

    /**
     * Look one message up.
     *
     * @param id which
     */
    record Message(MessageId id) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.message(id);
        }
    }

    /** How the node is. */
    record Status() implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.status();
        }
    }

    /** Stop the node. */
    record Stop() implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.stop();
        }
    }

    /**
     * Read events.
     *
     * @param since the last known
     * @param waitMillis how long to wait for one
     * @param limit how many
     */
    record Events(long since, long waitMillis, int limit) implements ApiRequest {
        @Override
        public <T> T dispatch(Handler<T> handler) {
            return handler.events(since, waitMillis, limit);
        }
    }

    /** What is done with each call. */
    interface Handler<T> {
        /** See {@link Identity}. */
        T identity();

        /** See {@link LoginLink}. */
        T loginLink();

        /** See {@link Invite}. */
        T invite(long lifeMillis);

        /** See {@link Contacts}. */
        T contacts();

        /** See {@link Add}. */
        T add(String link);

        /** See {@link Safety}. */
        T safety(UserId with);

        /** See {@link Verify}. */
        T verify(UserId with, boolean verified);

        /** See {@link Members}. */
        T members();

        /** See {@link Messages}. */
        T messages(UserId with, long before, int limit);

        /** See {@link Send}. */
        T send(UserId to, String text);

        /** See {@link Read}. */
        T read(UserId from, List<MessageId> ids);

        /** See {@link Open}. */
        T open(UserId with, boolean open, long leaseMillis, String holder);

        /** See {@link Retry}. */
        T retry(UserId to);

        /** See {@link Message}. */
        T message(MessageId id);

        /** See {@link Status}. */
        T status();

        /** See {@link Stop}. */
        T stop();

        /** See {@link Events}. */
        T events(long since, long waitMillis, int limit);
    }
}
