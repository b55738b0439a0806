package linnet.app.api;

import linnet.core.id.UserId;

/** Calls about people: invites, contacts, members. */
public sealed interface PeopleRequest extends ApiRequest {
    /**
     * Make an invite.
     *
     * @param lifeMillis how long it is good
     */
    record Invite(long lifeMillis) implements PeopleRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.people().invite(lifeMillis);
        }
    }

    /** List the contacts. */
    record Contacts() implements PeopleRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.people().contacts();
        }
    }

    /**
     * Look one contact up.
     *
     * @param who which
     */
    record Contact(UserId who) implements PeopleRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.people().contact(who);
        }
    }

    /**
     * Take an invite.
     *
     * @param link the invite
     */
    record Add(String link) implements PeopleRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.people().add(link);
        }
    }

    /**
     * Show the safety number.
     *
     * @param with the contact
     */
    record Safety(UserId with) implements PeopleRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.people().safety(with);
        }
    }

    /**
     * Note whether the safety number was compared.
     *
     * @param with the contact
     * @param verified whether
     */
    record Verify(UserId with, boolean verified) implements PeopleRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.people().verify(with, verified);
        }
    }

    /** List who is in the network, as far as this node knows. */
    record Members() implements PeopleRequest {
        @Override
        public <T> T dispatch(ApiRequest.Handlers<T> handlers) {
            return handlers.people().members();
        }
    }

    /** What is done with each. */
    interface Handler<T> {
        /** See {@link Invite}. */
        T invite(long lifeMillis);

        /** See {@link Contacts}. */
        T contacts();

        /** See {@link Contact}. */
        T contact(UserId who);

        /** See {@link Add}. */
        T add(String link);

        /** See {@link Safety}. */
        T safety(UserId with);

        /** See {@link Verify}. */
        T verify(UserId with, boolean verified);

        /** See {@link Members}. */
        T members();
    }
}
