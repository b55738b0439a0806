package linnet.examples;

import java.nio.file.Path;
import linnet.core.id.UserId;
import linnet.jvm.Delivery;
import linnet.jvm.Linnet;

/** Says hello to whoever made an invite: {@code Hello <home> <invite>}. */
public final class Hello {
    public static void main(String[] arguments) {
        try (Linnet me = Linnet.open(Path.of(arguments[0]))) {
            UserId friend = me.add(arguments[1]).join();
            Delivery delivery = me.send(friend, "Hello!").join();
            System.out.println(delivery.stage() + " via " + delivery.path());
        }
    }
}
