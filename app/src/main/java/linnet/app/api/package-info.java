/**
 * The local API of a node: {@link linnet.app.api.ApiRequests} reads calls without any socket, {@link linnet.app.api.LocalApi}
 * serves them on 127.0.0.1, {@link linnet.app.api.ApiClient} is what the verbs use. Objects are in {@link linnet.app.api.ApiObjects}.
 */
@NullMarked
package linnet.app.api;

import org.jspecify.annotations.NullMarked;
