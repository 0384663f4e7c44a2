package dev.purser.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpMethod;

/** Which calls there are. */
final class StandInRoutes {

    private final List<Route> routes = new ArrayList<>();

    /**
     * A call.
     *
     * @param id the object's that it is about; empty if it is about none
     */
    record Call(String path, String id, StandInForm form) {
    }

    private record Route(HttpMethod method, Pattern path, Function<Call, StandInAnswer> action) {
    }

    /** @param path {@code {id}} in it is the object's that the call is about */
    void get(String path, Function<Call, StandInAnswer> action) {
        add(HttpMethod.GET, path, action);
    }

    void post(String path, Function<Call, StandInAnswer> action) {
        add(HttpMethod.POST, path, action);
    }

    private void add(HttpMethod method, String path, Function<Call, StandInAnswer> action) {
        routes.add(new Route(method, Pattern.compile(path.replace("{id}", "(\\w+)")), action));
    }

    /** What a call does, not done yet. */
    Optional<Function<StandInForm, StandInAnswer>> find(HttpMethod method, String path) {
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (route.method().equals(method) && matcher.matches()) {
                String id = matcher.groupCount() == 0 ? "" : matcher.group(1);
                return Optional.of(form -> route.action().apply(new Call(path, id, form)));
            }
        }
        return Optional.empty();
    }
}
