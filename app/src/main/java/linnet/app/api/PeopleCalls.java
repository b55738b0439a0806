package linnet.app.api;

import static linnet.app.api.NodeAccess.one;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import linnet.core.env.Failure;
import linnet.core.id.UserId;
import linnet.core.node.ContactView;
import linnet.core.node.Node;
import org.jspecify.annotations.Nullable;

/** Carries out the calls about people. Runs on the API's event loop. */
final class PeopleCalls implements PeopleRequest.Handler<Future<Answer>> {
    private final NodeAccess access;

    PeopleCalls(NodeAccess access) {
        this.access = access;
    }

    @Override
    public Future<Answer> invite(long lifeMillis) {
        long expiresMillis = System.currentTimeMillis() + lifeMillis;
        return access.durably(there -> there.invite(lifeMillis), link -> {
            Map<String, @Nullable Object> object = one("link", link);
            object.put("expiresMillis", expiresMillis);
            return new Answer(201, object);
        });
    }

    @Override
    public Future<Answer> contacts() {
        return access.call(Node::contacts)
                .map(contacts -> Answer.ok(ApiObjects.list(
                        "contacts", contacts.stream().map(ApiObjects::contact).toList())));
    }

    @Override
    public Future<Answer> contact(UserId who) {
        return access.call(there -> Optional.ofNullable(there.contact(who)))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(Answer.ok(one("contact", ApiObjects.contact(found.get()))))
                        : NodeAccess.refused(Failure.Code.NOT_FOUND, "this person is not your contact"));
    }

    @Override
    public Future<Answer> add(String link) {
        return access.durably(there -> there.add(link), user -> new Answer(201, one("user", user.toString())));
    }

    @Override
    public Future<Answer> safety(UserId with) {
        return access.call(there -> there.safetyNumber(with))
                .compose(result -> NodeAccess.answer(result, number -> {
                    Map<String, @Nullable Object> object = one("user", with.toString());
                    object.put("safetyNumber", number);
                    return Answer.ok(object);
                }));
    }

    @Override
    public Future<Answer> verify(UserId with, boolean verified) {
        return access.durably(there -> there.verify(with, verified), user -> {
            Map<String, @Nullable Object> object = one("user", user.toString());
            object.put("verified", verified);
            return Answer.ok(object);
        });
    }

    @Override
    public Future<Answer> members() {
        return access.call(Node::contacts).map(contacts -> {
            List<Map<String, @Nullable Object>> members = new ArrayList<>();
            members.add(self());
            for (ContactView contact : contacts) members.add(ApiObjects.member(contact));
            Map<String, @Nullable Object> object = ApiObjects.list("members", members);
            object.put("network", access.node().settings().network());
            return Answer.ok(object);
        });
    }

    private Map<String, @Nullable Object> self() {
        Map<String, @Nullable Object> self = new LinkedHashMap<>();
        self.put("user", access.node().user().toString());
        self.put("name", access.node().settings().name());
        self.put("self", true);
        self.put("reach", "self");
        self.put("reachSinceMillis", 0L);
        self.put("learned", null);
        return self;
    }
}
