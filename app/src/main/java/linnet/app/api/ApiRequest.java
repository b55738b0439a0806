package linnet.app.api;

/** One call of the local API, read and checked. */
public sealed interface ApiRequest permits NodeRequest, PeopleRequest, TalkRequest, NetworkRequest {
    /** Hands itself to the method that is meant. */
    <T> T dispatch(Handlers<T> handlers);

    /** What is done with each call, one handler for each family. */
    record Handlers<T>(
            NodeRequest.Handler<T> node,
            PeopleRequest.Handler<T> people,
            TalkRequest.Handler<T> talk,
            NetworkRequest.Handler<T> network) {}
}
